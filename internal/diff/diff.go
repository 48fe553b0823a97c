// Package diff says what changed between two versions of boards, rules and the files beside them, as a viewer would see
// it. Boards may be classic or v2, also one of each. Parts are matched by what identifies them, never by their place in
// a list: a renamed panel is renamed, a moved one moved. Every difference of two documents is either told, in a sentence
// or by its path, or is on the list that Explain writes, and counted. What somebody else
// found in the files, such as package lint, is told beside it. The package does not evaluate queries: package values does.
// It reads no files: package tree does, and package live reads the boards of a running Grafana.
package diff

import (
	"cmp"
	"slices"

	"gaugewright/internal/report"
)

// File is a file of one side.
type File struct {
	Path string
	Data []byte
	// Findings are what somebody found in the file; Compare tells those of what changed, and those that are new or gone.
	Findings []Finding
	// Unread says why the file was not read, such as its size. Then Data is a hash of its content, or empty if not even
	// that is known: the file is equal to another with the same hash, and an error where the sides differ.
	Unread error
}

// Result is what differs between two sides.
type Result struct {
	Sections []Section        `json:"sections"`
	Hidden   int              `json:"hidden"` // differences that no viewer can see
	Errors   []report.Finding `json:"errors,omitempty"`
	// Unevaluated counts the changed queries and rules without Values, where others were evaluated.
	Unevaluated int `json:"unevaluated,omitempty"`

	lost   []Finding // of what is no longer there
	bounds *bounds
}

// Section is what differs in a board, or in a file of another kind.
type Section struct {
	Kind    string   `json:"kind"` // board, document
	Name    string   `json:"name"`
	UID     string   `json:"uid,omitempty"`
	Files   []string `json:"files"` // with the same changes
	Changes []Change `json:"changes"`
	// Findings are those that are new, then those that were there, of what changed, and those that are gone.
	Findings []Finding `json:"findings,omitempty"`

	old, new *part
	more     perLevel  // changes that are over a limit
	matched  *matching // its panels
	seen     [2]string // addresses of its pictures before and after; empty without
}

// Compare compares two sides.
func Compare(old, new []File) *Result {
	r := &Result{Sections: []Section{}, bounds: &bounds{}}
	olds, news := r.read(old, new)
	r.bounds.at(slices.Concat(news, olds)...)
	m := matchTops(olds, news, r.bounds)
	for _, p := range m.all() {
		r.section(p)
	}
	r.splits()
	r.movedRules()
	r.movedFindings()
	for i := range r.Sections {
		s := &r.Sections[i]
		s.gather()
		s.tellMore()
		s.choose()
		s.gatherFindings()
	}
	r.Sections = slices.DeleteFunc(r.Sections, Section.isEmpty)
	r.merge()
	r.sort()
	r.Errors = append(r.Errors, r.bounds.err()...)
	return r
}

// section compares a board or document.
func (r *Result) section(p pair) {
	c := &comparer{tellsPlace: map[*part][]string{}, bounds: r.bounds}
	s := Section{old: p.old, new: p.new}
	either := cmp.Or(p.new, p.old)
	s.Kind, s.Name = string(either.kind), either.title()
	if either.kind == aBoard {
		s.UID = either.id
	}
	s.Files = []string{either.source.path}
	c.oldFile, c.newFile = either.source.path, either.source.path
	r.bounds.at(either)
	if p.old != nil {
		c.oldFile = p.old.source.path
	}
	switch {
	case p.old == nil:
		c.come = p.new.allFindings()
		c.add(p.new, added, Behaviour, say("added"), "", p.new.says())
	case p.new == nil:
		c.lost = p.old.allFindings()
		level := Behaviour
		if p.old.kind == aBoard || rulesOf(p.old) != nil {
			level = Breaking
		}
		c.add(p.old, removed, level, say("removed"), p.old.says(), "")
	default:
		if p.new.kind == aBoard {
			c.otherForm = form(p.old.board) != form(p.new.board)
			c.otherExport = (len(p.old.board.Inputs) > 0) != (len(p.new.board.Inputs) > 0)
			c.otherServed = isServed(p.old.board) != isServed(p.new.board)
			c.sources = newBindings(p.old.board, p.new.board)
		}
		c.pair(p.old, p.new)
	}
	s.matched = c.panels
	if p.old == nil || p.new == nil {
		s.matched = newMatching(p.old.of(aPanel), p.new.of(aPanel))
	}
	r.Hidden += c.hidden
	r.lost = append(r.lost, c.lost...)
	s.takes(c)
	s.Findings = c.findings()
	if !s.isEmpty() {
		r.Sections = append(r.Sections, s)
	}
}

func (s Section) isEmpty() bool { return len(s.Changes)+len(s.Findings) == 0 && s.more == perLevel{} }

// matchTops pairs boards and documents: those of the same file and uid, then of the same uid, file, title, content.
func matchTops(olds, news []*part, b *bounds) *matching {
	m := newMatching(olds, news)
	key := func(p *part, texts ...string) string { return joined(append([]string{string(p.kind)}, texts...)...) }
	m.by(func(p *part) string { return key(p, p.source.path, p.id, p.name) })
	m.by(func(p *part) string { return key(p, p.source.path, p.id) })
	m.by(func(p *part) string {
		if p.id == "" {
			return ""
		}
		return key(p, p.id)
	})
	m.by(func(p *part) string { return key(p, p.source.path) })
	m.by(func(p *part) string {
		if p.kind != aBoard || p.name == "" {
			return ""
		}
		return key(p, p.name)
	})
	likes := newLikeness(b)
	m.alike(func(old, new *part) float64 {
		switch {
		case old.kind != new.kind:
			return 0
		case old.kind == aBoard:
			return likes.boards(old, new)
		}
		return likes.documents(old, new)
	})
	return m
}

// merge makes one section of those that say the same, such as a board and the ConfigMap that holds it.
func (r *Result) merge() {
	at := map[string]int{}
	var all []Section
	for _, s := range r.Sections {
		texts := []string{s.Kind, s.UID}
		for _, c := range s.Changes {
			texts = append(texts, c.Fingerprint)
		}
		for _, f := range s.Findings {
			texts = append(texts, f.word(), f.Panel, f.Query, f.Rule, f.Text)
		}
		key := joined(texts...)
		if i, ok := at[key]; ok && s.isAnywhere() {
			all[i].Files = append(all[i].Files, s.Files...)
			continue
		}
		at[key] = len(all)
		all = append(all, s)
	}
	r.Sections = all
}

// isAnywhere reports whether the changes mean the same in whatever file: those of a board with a uid, and of rules.
func (s Section) isAnywhere() bool {
	return s.UID != "" || !slices.ContainsFunc(s.Changes, func(c Change) bool { return c.part.within(aGroup) == nil }) &&
		!slices.ContainsFunc(s.Findings, func(f Finding) bool { return f.part.within(aGroup) == nil })
}

// sort puts the gravest first: the sections, the panels within them, the changes of each.
func (r *Result) sort() {
	for _, s := range r.Sections {
		worst, first := map[string]Level{}, map[string]int{}
		for i, c := range s.Changes {
			if _, isKnown := first[c.about()]; !isKnown {
				first[c.about()] = i
			}
			worst[c.about()] = max(worst[c.about()], c.Level)
		}
		slices.SortStableFunc(s.Changes, func(a, b Change) int {
			return cmp.Or(cmp.Compare(worst[b.about()], worst[a.about()]), whole(a)-whole(b), cmp.Compare(first[a.about()], first[b.about()]),
				cmp.Compare(b.Level, a.Level))
		})
	}
	slices.SortStableFunc(r.Sections, func(a, b Section) int {
		return cmp.Or(cmp.Compare(b.level(), a.level()), cmp.Compare(b.Worst(), a.Worst()))
	})
}

// whole is 0 for a change of the board as a whole, which comes before its panels.
func whole(c Change) int { return min(len(c.about()), 1) }

// Worst returns the gravest level of a section.
func (s Section) Worst() Level { return worst(s.Changes) }

func worst(changes []Change) Level {
	worst := Level(0)
	for _, c := range changes {
		worst = max(worst, c.Level)
	}
	return worst
}

// Worst returns the gravest level of all; 0 without a difference.
func (r *Result) Worst() Level {
	worst := Level(0)
	for _, s := range r.Sections {
		worst = max(worst, s.Worst())
	}
	return worst
}

// Count returns how many changes of a level there are.
func (r *Result) Count(level Level) int {
	n := 0
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			if c.Level == level {
				n += c.count()
			}
		}
	}
	return n
}
