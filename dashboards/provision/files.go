package provision

import (
	"cmp"
	"fmt"
	"path"
	"slices"
)

// File is one generated file.
type File struct {
	Path string // relative to the output folder, with slashes
	Data []byte
}

// Files makes everything that belongs into the output folder, the ledger included, sorted by path. The same services give
// the same bytes. The error says which service and which board could not be built and why.
func Files(services ...Service) ([]File, error) {
	contents, err := build(services)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, part := range []func([]content) ([]File, error){configFiles, boardFiles, ruleFiles, kubernetesFiles} {
		made, err := part(contents)
		if err != nil {
			return nil, err
		}
		files = append(files, made...)
	}
	return listed(files), nil
}

// listed adds the ledger to the files and sorts them.
func listed(files []File) []File {
	files = append(files, ledgerFile(paths(files)))
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// configFiles are the files of which there is one however many boards there are.
func configFiles(services []content) ([]File, error) {
	interval := slowest(services)
	return encodeAll([]document{
		{"prometheus/prometheus.yml", []any{newPrometheusConfig(services, interval)}},
		{"grafana/datasources/grafana.yml", []any{newDataSources(interval)}},
		{"grafana/dashboards/provider.yml", []any{newProviders()}},
	})
}

// boardFiles are the boards as Grafana's provider reads them.
func boardFiles(services []content) ([]File, error) {
	var files []File
	for _, s := range services {
		for _, b := range s.boards {
			files = append(files, File{Path: path.Join(boardFolder, b.uid+".json"), Data: b.json})
		}
	}
	return files, nil
}

// ruleFiles are the rules as Prometheus reads them.
func ruleFiles(services []content) ([]File, error) {
	var documents []document
	for _, s := range services {
		for _, r := range s.rules {
			documents = append(documents, document{path.Join(ruleFolder, r.name+".yml"), []any{r.file}})
		}
	}
	return encodeAll(documents)
}

// document is a YAML file before it is encoded: values of which each becomes a document of its own.
type document struct {
	path   string
	values []any
}

func encodeAll(documents []document) ([]File, error) {
	var files []File
	for _, d := range documents {
		data, err := encodeYAML(d.values...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.path, err)
		}
		files = append(files, File{Path: d.path, Data: data})
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
