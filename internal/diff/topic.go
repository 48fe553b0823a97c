package diff

import (
	"cmp"
	"fmt"
	"slices"

	"gaugewright/internal/report"
)

// topic is a thing that a section speaks of: the whole, a panel, a variable, a rule.
type topic struct {
	about    string // empty for the whole
	changes  []Change
	findings []Finding
}

// topics returns what a section speaks of, the gravest first.
func (s Section) topics() []topic {
	var all []topic
	at := map[string]int{}
	of := func(about string) *topic {
		if _, isKnown := at[about]; !isKnown {
			at[about] = len(all)
			all = append(all, topic{about: about})
		}
		return &all[at[about]]
	}
	for _, c := range together(s.Changes) {
		t := of(c.about())
		t.changes = append(t.changes, c)
	}
	for _, f := range s.Findings {
		t := of(about(f.Place))
		t.findings = append(t.findings, f)
	}
	slices.SortStableFunc(all, func(a, b topic) int {
		return cmp.Or(cmp.Compare(b.level(), a.level()), min(len(a.about), 1)-min(len(b.about), 1))
	})
	return all
}

// level is the gravest of a topic.
func (t topic) level() Level { return max(worst(t.changes), level(t.findings)) }

// level is the gravest of a section.
func (s Section) level() Level { return max(s.Worst(), level(s.Findings)) }

// level puts a new error beside what breaks, and any other finding after what changed.
func level(findings []Finding) Level {
	for _, f := range findings {
		if f.IsNew && f.Severity == anError {
			return Breaking
		}
	}
	return 0
}

func (c Change) about() string { return about(c.Place) }

// about names what a place is about within its section: a panel, a variable, a rule. It is empty for the whole.
func about(at report.Place) string {
	if at.Panel == "" && at.ID != 0 {
		return fmt.Sprintf("panel %d", at.ID)
	}
	return at.Panel
}
