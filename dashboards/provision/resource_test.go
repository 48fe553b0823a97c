package provision_test

import (
	"encoding/json"
	"errors"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/folderv1"
	"github.com/grafana/grafana-foundation-sdk/go/resource"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
)

// strictReader is what the SDK's types have.
type strictReader interface{ UnmarshalJSONStrict([]byte) error }

// strictly decodes with the SDK, whose strict readers return an empty list where they find nothing.
func strictly(into strictReader, text []byte) error {
	err := into.UnmarshalJSONStrict(text)
	var found cog.BuildErrors
	if errors.As(err, &found) && len(found) == 0 {
		return nil
	}
	return err
}

// envelope is the fields of a resource, by the SDK's strict reader, with the spec as it was written.
func envelope(text []byte) (resource.Manifest, json.RawMessage, error) {
	var manifest resource.Manifest
	var raw struct{ Spec json.RawMessage }
	err := errors.Join(strictly(&manifest, text), json.Unmarshal(text, &raw))
	return manifest, raw.Spec, err
}

// TestResources: a folder, and in it each board as a resource that says where it belongs, with the panels of the classic
// file and without what the metadata keeps.
func TestResources(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	classic := filesByPath(t, dashboards.App, dashboards.All...)
	files, err := provision.Resources(service(dashboards.App, dashboards.All...))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(dashboards.All)+2 { // with the folder and the ledger
		t.Errorf("%d files are made", len(files))
	}
	for _, file := range files {
		if file.Path == ".generated" {
			continue
		}
		manifest, spec, err := envelope(file.Data)
		if err != nil {
			t.Errorf("%s: %v", file.Path, err)
		}
		if manifest.Kind == "Folder" {
			checkFolder(t, file.Path, manifest, spec)
			continue
		}
		uid := strings.TrimSuffix(path.Base(file.Path), ".json")
		if manifest.ApiVersion != "dashboard.grafana.app/v1" || manifest.Kind != resource.DashboardKind ||
			manifest.Metadata.Name != uid || path.Dir(file.Path) != manifest.Metadata.Annotations["grafana.app/folder"] {
			t.Errorf("%s is %s %s, %v", file.Path, manifest.ApiVersion, manifest.Kind, manifest.Metadata)
		}
		if err := strict(spec); err != nil {
			t.Errorf("%s: %v", file.Path, err)
		}
		if got, want := string(spec), withoutIdentity(t, classic["grafana/dashboards/"+uid+".json"]); sorted(t, got) != want {
			t.Errorf("%s has another board than grafana/dashboards/%s.json", file.Path, uid)
		}
	}
}

func checkFolder(t *testing.T, name string, manifest resource.Manifest, spec []byte) {
	t.Helper()
	var folder folderv1.Folder
	err := strictly(&folder, spec)
	if err != nil || manifest.ApiVersion != folderv1.FolderApiVersion || manifest.Metadata.Name != path.Dir(name) ||
		folder.Title != "Go service" || path.Base(name) != "_folder.json" {
		t.Errorf("%s: %v, %v, %v", name, manifest, folder, err)
	}
}

// sorted is JSON with its keys in order.
func sorted(t *testing.T, text string) string {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// withoutIdentity is a classic board less the three fields that Grafana removes from a resource's spec.
func withoutIdentity(t *testing.T, board string) string {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal([]byte(board), &value); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"uid", "id", "version"} {
		delete(value, field)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestResourceMistakes shows that the envelope's test would fail.
func TestResourceMistakes(t *testing.T) {
	const right = `{"apiVersion":"dashboard.grafana.app/v1","kind":"Dashboard",` +
		`"metadata":{"name":"go-a"},"spec":{"title":"A"}}`
	if _, _, err := envelope([]byte(right)); err != nil {
		t.Errorf("%s: %v", right, err)
	}
	for _, c := range [][3]string{
		{"apiVersion", "apiversion", "unexpected field 'apiversion'"},
		{"metadata", "meta", "required field is missing"},
		{`"name"`, `"uid"`, "metadata.name: required field is missing"},
		{`"spec":{"title":"A"}`, `"title":"A"`, "spec: required field is missing"},
		{`"Dashboard"`, `7`, "cannot unmarshal number"},
	} {
		if _, _, err := envelope([]byte(strings.Replace(right, c[0], c[1], 1))); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s for %s: %v, want %s", c[1], c[0], err, c[2])
		}
	}
}

// TestResourceErrors: they are those of the classic form.
func TestResourceErrors(t *testing.T) {
	for _, boards := range [][]dashboards.Board{{broken}, {nil}, {board("go-a", ""), board("GO-A", "")}} {
		_, want := provision.Files(service(plain(), boards...))
		_, got := provision.Resources(service(plain(), boards...))
		if want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("the error is %v, want %v", got, want)
		}
	}
	two, err := provision.Resources(service(plain(), board("go-a", "")), service(second(), board("go-b", "")))
	var paths []string
	for _, file := range two {
		paths = append(paths, file.Path)
	}
	want := []string{".generated", "go-service/_folder.json", "go-service/go-a.json", "go-service/go-b.json"}
	if err != nil || !slices.Equal(paths, want) {
		t.Errorf("of two services there are %q, %v", paths, err)
	}
}
