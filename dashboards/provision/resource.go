package provision

import (
	"fmt"
	"path"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// The types below are Grafana's resources, as its API serves them and as Git Sync and gcx read them from files:
// https://grafana.com/docs/grafana/v13.2/developer-resources/api-reference/http-api/dashboard/

// dashboardVersion is the version whose spec is the classic JSON. Version 2 has another spec.
const dashboardVersion = "dashboard.grafana.app/v1"

const folderVersion = "folder.grafana.app/v1"

type grafanaResource struct {
	APIVersion string          `json:"apiVersion"`
	Kind       string          `json:"kind"`
	Metadata   grafanaMetadata `json:"metadata"`
	Spec       any             `json:"spec"`
}

type grafanaMetadata struct {
	Name        string            `json:"name"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type folderSpec struct {
	Title string `json:"title"`
}

const (
	// folderUID is the folder of the boards. As a directory, Git Sync makes that folder from it.
	folderUID = "go-service"
	// folderFile holds the Folder itself. Git Sync reads a Folder only from a file of this name
	// (pkg/registry/apis/provisioning/resources in Grafana's source); gcx accepts any.
	folderFile = folderUID + "/_folder.json"
)

// Resources makes only the boards of the services, as Grafana's resources: a folder, and one file for each dashboard.
// The files include the ledger and are sorted by path. Errors are those of Files.
func Resources(services ...Service) ([]File, error) {
	contents, err := build(services)
	if err != nil {
		return nil, err
	}
	data, err := encodeJSON(newFolder())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folderFile, err)
	}
	files := []File{{Path: folderFile, Data: data}}
	for _, s := range contents {
		for _, b := range s.boards {
			data, err := encodeJSON(newDashboard(b.uid, b.built))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", b.from, err)
			}
			files = append(files, File{Path: path.Join(folderUID, b.uid+".json"), Data: data})
		}
	}
	return listed(files), nil
}

func newFolder() grafanaResource {
	return grafanaResource{
		APIVersion: folderVersion,
		Kind:       "Folder",
		Metadata:   grafanaMetadata{Name: folderUID},
		Spec:       folderSpec{Title: folderTitle},
	}
}

// newDashboard keeps the uid only in the metadata. Grafana keeps id and version there too, and removes all three from
// the spec of a file.
func newDashboard(uid string, spec dashboard.Dashboard) grafanaResource {
	spec.Uid, spec.Id, spec.Version = nil, nil, nil
	return grafanaResource{
		APIVersion: dashboardVersion,
		Kind:       "Dashboard",
		Metadata:   grafanaMetadata{Name: uid, Annotations: map[string]string{"grafana.app/folder": folderUID}},
		Spec:       spec,
	}
}
