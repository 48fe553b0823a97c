package live

import (
	"context"
	"fmt"
	"strings"

	"gaugewright/internal/report"
)

// root is the name of what is outside all folders; Grafana also calls it General.
const root = "general"

// folderOf returns the uid of a resource's folder.
func folderOf(annotations map[string]string) string {
	if uid := annotations["grafana.app/folder"]; uid != root {
		return uid
	}
	return ""
}

// folder returns the uids of a folder and of those below it. A uid goes before a title.
func (a *asker) folder(ctx context.Context, name string) (map[string]bool, error) {
	if strings.EqualFold(name, root) {
		return map[string]bool{"": true}, nil
	}
	all, err := a.search(ctx, "dash-folder")
	if err != nil {
		return nil, err
	}
	within := map[string]bool{}
	var titled []string
	for _, f := range all {
		if f.UID == name {
			within[f.UID] = true
		}
		if f.Title == name {
			titled = append(titled, f.UID)
		}
	}
	switch {
	case len(within) > 0:
	case len(titled) == 0:
		return nil, fmt.Errorf("-folder %s: no folder has this uid or title", name)
	case len(titled) > 1:
		return nil, fmt.Errorf("-folder %s: several folders have this title: name one by its uid: %s", name, report.Shown(strings.Join(titled, ", ")))
	default:
		within[titled[0]] = true
	}
	for known := 0; known < len(within); { // the folders below, level by level
		known = len(within)
		for _, f := range all {
			if within[f.FolderUID] {
				within[f.UID] = true
			}
		}
	}
	return within, nil
}
