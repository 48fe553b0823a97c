package lint

import (
	"cmp"
	"maps"
	"slices"

	"gaugewright/internal/report"
)

// Result is what the rules say about all files.
type Result struct {
	Findings []Finding
	Skipped  []Skipped
	Boards   int
	Queries  int            // that were looked at, with those of the rules
	Rules    int            // of the rule files
	Places   []report.Place // of the queries and rules that were looked at
}

// Skipped is a rule that could not judge everything, since something was not known.
type Skipped struct {
	Rule string   `json:"rule"`
	Lack Lack     `json:"lack"`
	Of   []string `json:"of"` // what it was not known of, such as metrics
}

// Lint runs all rules over the files.
func Lint(f *Files, m *Metrics) *Result { return lint(f, m, Rules) }

// lint runs the given rules. Each file is linted by itself, in parallel; then all together.
func lint(f *Files, m *Metrics, all []Rule) *Result {
	f.Server = cmp.Or(f.Server, DefaultServer)
	f.fastest, f.slowest = f.scrapeIntervals()
	m.addFiles(f)
	passes := make([][]*Pass, len(f.All)+1)
	each(len(f.All), func(i int) { passes[i] = f.All[i].lint(f, m, all) })
	for i := range all {
		if all[i].Files != nil {
			p := &Pass{Rule: &all[i], Files: f, Metrics: m}
			all[i].Files(p, f)
			passes[len(f.All)] = append(passes[len(f.All)], p)
		}
	}
	r := &Result{}
	r.count(f)
	r.collect(slices.Concat(passes...))
	return r
}

// count says what was looked at.
func (r *Result) count(f *Files) {
	for _, file := range f.All {
		r.Boards += len(file.Boards)
		r.Rules += len(file.Rules)
		r.Queries += len(file.Rules)
		for _, b := range file.Boards {
			r.Queries += len(b.Queries)
		}
	}
	r.Places = make([]report.Place, 0, r.Queries)
	for _, file := range f.All {
		for _, b := range file.Boards {
			for _, q := range b.Queries {
				r.Places = append(r.Places, q.place())
			}
		}
		for _, one := range file.Rules {
			r.Places = append(r.Places, one.At())
		}
	}
}

// lint runs the rules over one file.
func (file *File) lint(f *Files, m *Metrics, all []Rule) []*Pass {
	var passes []*Pass
	p := &Pass{}
	for i := range all {
		*p = Pass{Rule: &all[i], Files: f, Metrics: m}
		for _, b := range file.Boards {
			p.board(b)
		}
		for _, r := range file.Rules {
			if p.Rule.Prom != nil {
				p.Rule.Prom(p, r)
			}
			p.query(r.Query)
		}
		if p.findings != nil || p.skipped != nil {
			passes = append(passes, p)
			p = &Pass{}
		}
	}
	return passes
}

func (p *Pass) board(b *Board) {
	if p.Rule.Board != nil {
		p.Rule.Board(p, b)
	}
	if p.Rule.Panel != nil {
		for _, panel := range b.Panels {
			p.Rule.Panel(p, panel)
		}
	}
	for _, q := range b.Queries {
		p.query(q)
	}
}

func (p *Pass) query(q *Query) {
	switch {
	case q.Parsed == nil && p.Rule.Wrong != nil:
		p.Rule.Wrong(p, q)
	case q.Parsed != nil && p.Rule.Query != nil:
		p.Rule.Query(p, q)
	}
}

// collect takes what the passes say.
func (r *Result) collect(passes []*Pass) {
	r.collectFindings(passes)
	r.collectSkipped(passes)
}

// collectFindings takes the findings. A rule that says the same of one place twice is heard once.
func (r *Result) collectFindings(passes []*Pass) {
	count := 0
	for _, p := range passes {
		count += len(p.findings)
	}
	all := slices.Grow([]Finding(nil), count)
	for _, p := range passes {
		for _, f := range p.findings {
			all = append(all, *f)
		}
	}
	sortFindings(all)
	kept := all[:0]
	for _, f := range all {
		if last := len(kept) - 1; last >= 0 && isSame(kept[last], f) {
			kept[last].alike = append(kept[last].alike, f.edits)
			continue
		}
		kept = append(kept, f)
	}
	r.Findings = kept
}

// collectSkipped takes what was not known.
func (r *Result) collectSkipped(passes []*Pass) {
	type key struct {
		rule string
		lack Lack
	}
	skipped := map[key]map[string]bool{}
	for _, p := range passes {
		for lack, of := range p.skipped {
			k := key{p.Rule.Name, lack}
			if skipped[k] == nil {
				skipped[k] = map[string]bool{}
			}
			maps.Copy(skipped[k], of)
		}
	}
	for k, of := range skipped {
		r.Skipped = append(r.Skipped, Skipped{Rule: k.rule, Lack: k.lack, Of: slices.Sorted(maps.Keys(of))})
	}
	slices.SortFunc(r.Skipped, func(a, b Skipped) int { return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Lack, b.Lack)) })
}

func isSame(a, b Finding) bool {
	return a.Place == b.Place && a.Rule == b.Rule && a.Text == b.Text && pieceStart(a) == pieceStart(b)
}
