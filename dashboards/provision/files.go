package provision

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"sync"
)

// File is one generated file.
type File struct {
	Path string // relative to the output folder, with slashes
	Data []byte
}

// Files makes all files of the output folder, with the ledger, sorted by path. The same services give the same bytes.
// The error says which service and board could not be built, and why.
func Files(services ...Service) ([]File, error) {
	contents, err := build(services)
	if err != nil {
		return nil, err
	}
	if err := encode(contents); err != nil {
		return nil, err
	}
	parts := []func([]content) ([]File, error){configFiles, boardFiles, ruleFiles, kubernetesFiles}
	made := make([][]File, len(parts))
	err = sideBySide(len(parts), func(i int) (err error) {
		made[i], err = parts[i](contents)
		return err
	})
	return listed(slices.Concat(made...)), err
}

// sideBySide calls do with 0 to n-1, all at once. The error is that of the first.
func sideBySide(n int, do func(i int) error) error {
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { errs[i] = do(i) })
	}
	group.Wait()
	return cmp.Or(errs...)
}

// listed adds the ledger to the files and sorts them.
func listed(files []File) []File {
	files = append(files, ledgerFile(paths(files)))
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// configFiles returns the files that exist once, however many boards there are.
func configFiles(services []content) ([]File, error) {
	interval := slowest(services)
	return encodeAll([]document{
		{path: "prometheus/prometheus.yml", values: []any{newPrometheusConfig(services, interval)}},
		{path: "grafana/datasources/grafana.yml", values: []any{newDataSources(interval)}},
		{path: "grafana/dashboards/provider.yml", values: []any{newProviders()}},
	})
}

// encode encodes the boards and the rules, each once for all files that contain it, and side by side: that is much of what
// gen computes. The error is that of the first.
func encode(services []content) error {
	var parts []func() error
	for _, s := range services {
		for i := range s.boards {
			parts = append(parts, s.boards[i].encode)
		}
		for i := range s.rules {
			parts = append(parts, func() error { return s.rules[i].encode(s.target.Job) })
		}
	}
	return sideBySide(len(parts), func(i int) error { return parts[i]() })
}

func (b *board) encode() (err error) {
	if b.json, err = encodeJSON(b.built); err != nil {
		return fmt.Errorf("%s: uid %s: %w", b.from, b.uid, err)
	}
	return nil
}

func (r *rules) encode(job string) (err error) {
	if r.yaml, err = encodeYAML(r.file); err != nil {
		return fmt.Errorf("%s: rules of %s: %w", job, r.name, err)
	}
	return nil
}

// boardFiles returns the boards for Grafana's provider.
func boardFiles(services []content) ([]File, error) {
	var files []File
	for _, s := range services {
		for _, b := range s.boards {
			files = append(files, File{Path: path.Join(boardFolder, b.uid+".json"), Data: b.json})
		}
	}
	return files, nil
}

// ruleFiles returns the rules for Prometheus.
func ruleFiles(services []content) ([]File, error) {
	var files []File
	for _, s := range services {
		for _, r := range s.rules {
			files = append(files, yamlFile(path.Join(ruleFolder, r.name+".yml"), r.yaml, block{}))
		}
	}
	return files, nil
}

// yamlFile is a YAML file: the notice, the documents, and the end of the last one.
func yamlFile(path string, text []byte, end block) File {
	return File{Path: path, Data: end.appendTo(append([]byte("# "+notice+"\n"), text...))}
}

// document is a YAML file before it is encoded: values that each become a document, and the end of the last one if
// that is already encoded.
type document struct {
	path   string
	values []any
	end    block
}

func encodeAll(documents []document) ([]File, error) {
	var files []File
	for _, d := range documents {
		data, err := encodeYAML(d.values...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.path, err)
		}
		files = append(files, yamlFile(d.path, data, d.end))
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
