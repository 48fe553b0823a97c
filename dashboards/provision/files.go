package provision

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaugewright/dashboards"
)

// File is one generated file.
type File struct {
	Path string // relative to the output folder, with slashes
	Data []byte
}

// Files makes everything that belongs into the output folder, the ledger included, sorted by path. The same target and
// boards give the same bytes. The error says which board could not be built and why.
func Files(target dashboards.Target, boards ...dashboards.Board) ([]File, error) {
	if err := checkTarget(target); err != nil {
		return nil, err
	}
	files, err := configFiles(target)
	if err != nil {
		return nil, err
	}
	for i, board := range boards {
		file, err := boardFile(target, board)
		if err != nil {
			return nil, fmt.Errorf("board %d, %s: %w", i+1, functionName(board), err)
		}
		// Some file systems do not tell upper from lower case.
		same := func(f File) bool { return strings.EqualFold(f.Path, file.Path) }
		if at := slices.IndexFunc(files, same); at >= 0 {
			return nil, fmt.Errorf("board %d, %s: %s is made by an earlier board: give each board a uid of its own",
				i+1, functionName(board), files[at].Path)
		}
		files = append(files, file)
	}
	rules, err := ruleFiles(target, files)
	if err != nil {
		return nil, err
	}
	files = append(files, rules...)
	files = append(files, ledgerFile(paths(files)))
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

// checkTarget refuses what Prometheus would refuse only after the files are mounted.
func checkTarget(t dashboards.Target) error {
	switch {
	case t.Job == "":
		return errors.New("target: Job is empty: give the job label's value")
	case t.Address == "" || strings.Contains(t.Address, "/"):
		return fmt.Errorf("target: Address is %q: give host:port, without scheme or path", t.Address)
	case t.ScrapeInterval < time.Millisecond:
		return fmt.Errorf("target: ScrapeInterval is %s: give at least a millisecond", t.ScrapeInterval)
	case t.Speed < 1:
		return fmt.Errorf("target: Speed is %d: give 1 for production", t.Speed)
	}
	return nil
}

// configFiles are the files that do not depend on the boards.
func configFiles(target dashboards.Target) ([]File, error) {
	contents := []struct {
		path  string
		value any
	}{
		{"prometheus/prometheus.yml", newPrometheusConfig(target)},
		{"grafana/datasources/grafana.yml", newDataSources(target)},
		{"grafana/dashboards/provider.yml", newProviders()},
	}
	var files []File
	for _, c := range contents {
		data, err := encodeYAML(c.value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.path, err)
		}
		files = append(files, File{Path: c.path, Data: data})
	}
	return files, nil
}

func paths(files []File) []string {
	var all []string
	for _, f := range files {
		all = append(all, f.Path)
	}
	return all
}
