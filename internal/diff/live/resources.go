package live

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"gaugewright/internal/report"
)

// pageSize is how many boards are asked for at once. Grafana ends a page earlier, at about two megabytes.
const pageSize = 100

const group = "dashboard.grafana.app"

// resources is the API of Grafana 12 and later.
// https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/apis/
type resources struct {
	*asker
	version   string // the one that the server prefers
	namespace string // of the organization that the log-in belongs to
}

// resources asks which versions the server has. It is an error with status 404 where it has none.
func (a *asker) resources(ctx context.Context) (*resources, error) {
	var found struct {
		PreferredVersion struct{ Version string }
		Versions         []struct{ Version string }
	}
	if err := a.get(ctx, &found, nil, "apis", group); err != nil {
		return nil, err
	}
	version := found.PreferredVersion.Version
	if version == "" && len(found.Versions) > 0 {
		version = found.Versions[0].Version
	}
	if version == "" {
		return nil, fmt.Errorf("/apis/%s names no version: check the address", group)
	}
	namespace, err := a.namespace(ctx)
	return &resources{a, version, namespace}, err
}

// namespace asks for the namespace of the organization: org-2, or stacks-123 in Grafana's cloud. It is default where the
// server does not say: that is the first organization's.
func (a *asker) namespace(ctx context.Context) (string, error) {
	var settings struct{ Namespace string }
	err := a.get(ctx, &settings, nil, "api", "frontend", "settings")
	var r *refusal
	if errors.As(err, &r) && r.status != 401 && r.status != 429 {
		err = nil
	}
	return cmp.Or(settings.Namespace, "default"), err
}

// resource is a board with what the server says about it.
type resource struct {
	Metadata struct {
		Name        string
		Annotations map[string]string
	}
	Status struct {
		// Conversion says that the board was converted from the version in which it is stored.
		// https://github.com/grafana/grafana/blob/main/apps/dashboard/kinds/dashboard.cue
		Conversion struct {
			Failed        bool
			Error         string
			StoredVersion string
		}
	}
}

func (r *resources) list(ctx context.Context) (all []*board, err error) {
	seen := map[string]bool{}
	for next := ""; ; {
		var page struct {
			Metadata struct{ Continue string }
			Items    []map[string]json.RawMessage
		}
		query := url.Values{"limit": {strconv.Itoa(pageSize)}}
		if next != "" {
			query.Set("continue", next)
		}
		if err := r.get(ctx, &page, query, r.path(r.version)...); err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			all = append(all, r.item(item))
		}
		next = page.Metadata.Continue
		switch {
		case next == "":
			return all, nil
		case seen[next]:
			return nil, errors.New("the list of boards has no end: the server gives the same continue twice")
		}
		seen[next] = true
	}
}

func (r *resources) path(version string, more ...string) []string {
	return append([]string{"apis", group, version, "namespaces", r.namespace, "dashboards"}, more...)
}

// item reads a board of a list. It has no data where the list does not have the board as it is stored: where it was
// converted, or where a large one is kept elsewhere and only its title is in the list.
func (r *resources) item(item map[string]json.RawMessage) *board {
	for name, value := range map[string]string{"apiVersion": group + "/" + r.version, "kind": "Dashboard"} {
		if _, ok := item[name]; !ok && item != nil { // the list says it for all
			item[name] = json.RawMessage(strconv.Quote(value))
		}
	}
	var said resource
	data, err := json.Marshal(item)
	if err == nil {
		err = json.Unmarshal(data, &said)
	}
	if err != nil || said.Metadata.Name == "" {
		return &board{uid: said.Metadata.Name, err: errors.New("the list has an item that is no board")}
	}
	b := &board{uid: said.Metadata.Name, folder: folderOf(said.Metadata.Annotations), version: said.storedIn(r.version)}
	if _, isElsewhere := said.Metadata.Annotations["grafana.app/blob"]; b.version == r.version && !isElsewhere {
		b.data, b.err = data, said.failure()
	}
	return b
}

// read asks for a board in the version in which it is stored: a board that was converted on the way has changes that
// nobody made. Which version that is, the first answer says.
func (r *resources) read(ctx context.Context, b *board) error {
	version := cmp.Or(b.version, r.version)
	for range 2 {
		var data json.RawMessage
		if err := r.get(ctx, &data, nil, r.path(version, url.PathEscape(b.uid))...); err != nil {
			if isNotFound(err) && version != r.version {
				return fmt.Errorf("the server does not hand it out in %s, in which it is stored: save it there once more", report.Shown(version))
			}
			return err
		}
		var said resource
		if err := json.Unmarshal(data, &said); err != nil {
			return errNoBoard
		}
		stored := said.storedIn(version)
		if stored == version {
			b.data, b.folder = data, folderOf(said.Metadata.Annotations)
			return said.failure()
		}
		version = stored
	}
	return fmt.Errorf("the server hands it out converted only, in whatever version: save it there once more")
}

// storedIn returns the version in which a board is stored that was asked for in another.
func (r resource) storedIn(asked string) string {
	return cmp.Or(r.Status.Conversion.StoredVersion, asked)
}

func (r resource) failure() error {
	if !r.Status.Conversion.Failed {
		return nil
	}
	return fmt.Errorf("the server could not convert it: %s", report.Shown(r.Status.Conversion.Error))
}
