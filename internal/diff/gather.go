package diff

import (
	"fmt"
	"slices"
	"strings"
)

// few is in how many panels the same change is told one by one.
const few = 3

// gather tells the same change of many panels once: another data source, other ids.
func (s *Section) gather() {
	key := func(c Change) string {
		switch {
		case c.part.within(aPanel) == nil || c.Kind == added || c.Kind == removed:
			return ""
		case c.Kind == "id":
			return "id"
		}
		return joined(string(c.part.kind), c.Kind, c.Old, c.New)
	}
	panels, each := map[string][]*part{}, map[string][]Change{}
	for _, c := range s.Changes {
		k, p := key(c), c.part.within(aPanel)
		if k == "" {
			continue
		}
		each[k] = append(each[k], c)
		if !slices.Contains(panels[k], p) {
			panels[k] = append(panels[k], p)
		}
	}
	var all []Change
	isTold := map[string]bool{}
	for _, c := range s.Changes {
		k := key(c)
		if len(panels[k]) <= few || k == "" {
			all = append(all, c)
			continue
		}
		if isTold[k] {
			continue
		}
		isTold[k] = true
		whole := gathered(c, panels[k])
		whole.each = each[k]
		all = append(all, whole)
	}
	s.Changes = all
}

// gathered tells a change of several panels as one of their board.
func gathered(c Change, panels []*part) Change {
	var names []string
	for _, p := range panels {
		names = append(names, p.title())
	}
	listed := strings.Join(names[:few], ", ") + fmt.Sprintf(" and %d more", len(names)-few)
	words := "in {} panels ({}): "
	if c.Kind == "id" {
		words, c.Text, c.Old, c.New = "{} panels ({}) have other ids, which links to them use", Text{}, "", ""
	}
	c.Text = Text{words + c.Text.Words, append([]string{fmt.Sprint(len(panels)), listed}, c.Text.Foreign...)}
	c.Panels, c.parts = names, panels
	c.Fingerprint = fingerprint(append([]string{c.Fingerprint}, names...)...)
	c.Panel, c.ID, c.Query = "", 0, ""
	return c
}
