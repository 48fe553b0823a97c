package lint

import (
	"bytes"
	"errors"
	"path"
	"regexp"
	"runtime"
	"strings"
	"sync"

	"gaugewright/internal/grafana"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
)

// Source is a file as it was read from the disk.
type Source struct {
	Path string
	Data []byte
	Err  error // why there are no data
	// IsNamed says that somebody named just this file: that it has nothing to lint is an error then.
	IsNamed bool
}

// Reads reports whether a file of this name may hold something to lint.
func Reads(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".yml", ".yaml":
		return true
	}
	return false
}

// Read reads the files, as many at once as there are processors. A file that cannot be read does not keep the others from
// being linted.
func Read(sources []Source) *Files {
	f := &Files{All: make([]*File, len(sources)), Records: map[string][]*PromRule{}}
	shared := &texts{}
	each(len(sources), func(i int) { f.All[i] = readFile(sources[i], i, shared) })
	kept := f.All[:0]
	for _, file := range f.All {
		f.Unread = append(f.Unread, file.unread...)
		f.record(file)
		if file.isRead {
			kept = append(kept, file)
		}
	}
	f.All = kept
	return f
}

// record adds the recording rules of a file.
func (f *Files) record(file *File) {
	for _, r := range file.Rules {
		if r.Record != "" {
			f.Records[r.Record] = append(f.Records[r.Record], r)
		}
	}
}

// Together are the files of several readings, none of which is read again. A reading may be part of several, such as what
// two versions of a repository have in common, if they are linted one after the other.
func Together(readings ...*Files) *Files {
	f := &Files{Records: map[string][]*PromRule{}}
	for _, one := range readings {
		f.Unread = append(f.Unread, one.Unread...)
		f.All = append(f.All, one.All...)
	}
	for i, file := range f.All {
		file.order = i
		f.record(file)
	}
	return f
}

// each does something for each number below n, in parallel.
func each(n int, do func(int)) {
	var work sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		work.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	work.Wait()
}

func readFile(s Source, order int, shared *texts) *File {
	f := &File{Path: s.Path, Data: s.Data, order: order, texts: shared}
	if s.Err != nil {
		f.fail(s.Err)
		return f
	}
	boards, errs := grafana.ReadAll(s.Data)
	for _, b := range boards {
		f.Boards = append(f.Boards, f.board(b))
	}
	hasRules := mayHaveRules(s.Data)
	switch {
	case len(boards) > 0 && hasRules: // a ConfigMap of both
		f.readRules(s.Data)
	case len(boards) > 0:
	case hasRules && f.readRules(s.Data):
		errs = nil
	case f.configure(s.Data):
		errs = nil
	case !s.IsNamed && (f.foreign != nil || f.isOther(s.Data)):
		errs = nil
	case f.foreign != nil:
		errs = []error{f.foreign}
	}
	f.isRead = f.isRead || len(boards) > 0
	for _, err := range errs {
		f.fail(err)
	}
	return f
}

func (f *File) fail(err error) {
	f.unread = append(f.unread, report.Finding{Place: report.Place{File: f.Path}, Kind: report.NotRead, Text: err.Error()})
}

// isOther reports whether the file is well formed. Then it is something else than a board, which a folder may have.
func (f *File) isOther(data []byte) bool {
	documents, errs := grafana.Documents(data)
	return len(errs) == 0 && len(documents) > 0
}

var groups = regexp.MustCompile(`(?m)(^|[\s{,"'])groups["']?\s*:`)

// mayHaveRules reports whether it is worth to read a file as one of rules.
func mayHaveRules(data []byte) bool {
	return bytes.Contains(data, []byte("groups")) && bytes.Contains(data, []byte("expr")) && groups.Match(data)
}

// readRules reads the rules of a file. What promtool would refuse is an error. It reports whether the file is one of rules.
func (f *File) readRules(data []byte) bool {
	read, err := rules.Parse(data)
	isRules := len(read.Groups) > 0
	var all []error
	if err != nil {
		all = unjoined(err)
	}
	if errors.Is(err, rules.ErrForeign) && !isRules {
		f.foreign = err
		return false
	}
	if !isRules && (len(f.Boards) > 0 || !hasRuleGroups(data)) {
		return false
	}
	for _, err := range all {
		if errors.Is(err, rules.ErrLimit) {
			f.fail(err)
		} else {
			f.broken = append(f.broken, err)
		}
	}
	f.rules = read
	f.rules.Path = f.Path
	nodes := ruleNodes(data)
	for _, group := range read.Groups {
		for _, rule := range group.Rules {
			f.Rules = append(f.Rules, f.rule(group, rule, nodes[rule.Line]))
		}
	}
	f.isRead = true
	return true
}

func unjoined(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}

// hasRuleGroups reports whether a document has a list of groups with rules.
func hasRuleGroups(data []byte) bool {
	documents, errs := grafana.Documents(data)
	for _, n := range documents {
		list := n.At("groups")
		if !list.Exists() {
			list = n.At("spec", "groups")
		}
		for _, group := range list.List() {
			if group.At("rules").IsList() {
				return true
			}
		}
	}
	return len(errs) > 0 && bytes.HasPrefix(bytes.TrimSpace(data), []byte("groups:"))
}

// ruleNodes returns the nodes of the rules in a file, by line.
func ruleNodes(data []byte) map[int]*grafana.Node {
	documents, _ := grafana.Documents(data)
	found := map[int]*grafana.Node{}
	var walk func(*grafana.Node)
	walk = func(n *grafana.Node) {
		for _, element := range n.List() {
			walk(element)
		}
		if n.At("expr").Exists() {
			found[n.Place().Line] = n
			return
		}
		for _, m := range n.Members() {
			walk(m.Value)
		}
	}
	for _, n := range documents {
		walk(n)
	}
	return found
}
