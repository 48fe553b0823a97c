package diff

import (
	"cmp"
	"slices"

	"gaugewright/internal/report"
)

// Finding is what somebody else, such as package lint, found in a file. Compare says which are new, and which are gone.
type Finding struct {
	report.Place
	Rule     string `json:"rule"`
	Severity string `json:"severity"` // error or warning
	Text     string `json:"text"`
	// Piece is what the finding is about in the query; empty for the query as a whole, and where it is about none.
	Piece string `json:"-"`

	IsNew  bool `json:"new,omitempty"`
	IsGone bool `json:"gone,omitempty"`
	// Panels are those that a finding of several is about.
	Panels []string `json:"panels,omitempty"`

	part  *part
	spot  string // within the part, where it has no part of its own
	came  bool   // with its part, which only the new side has
	times int    // that it was found, where that is in several panels
}

// anError is the severity of what misleads a reader; anything else is of less weight.
const anError = "error"

// equals reports whether two findings in files with the same bytes are the same.
func (f Finding) equals(other Finding) bool {
	return f.Place == other.Place && f.Rule == other.Rule && f.Severity == other.Severity && f.Text == other.Text
}

// giveFindings gives the findings of a file to its parts.
func giveFindings(parts []*part, findings []Finding) {
	if len(parts) == 0 {
		return
	}
	for _, f := range findings {
		f.part, f.spot = located(parts, f.Place)
		f.part.findings = append(f.part.findings, f)
	}
}

// located returns the part that a place is about, and what of the place is within it.
func located(parts []*part, at report.Place) (p *part, spot string) {
	for _, top := range parts {
		for _, group := range top.of(aGroup) {
			if group.name == at.Board {
				if rule := called(group.of(aRule), at.Panel); rule != nil {
					return rule, ""
				}
			}
		}
	}
	top := parts[0]
	for _, p := range parts {
		if p.kind == aBoard && cmp.Or(p.id, p.name) == at.Board {
			top = p
			break
		}
	}
	if at.Panel == "" {
		return top, ""
	}
	for _, p := range top.parts {
		switch {
		case p.kind == aPanel && p.panel.Name() == at.Panel && p.panel.ID == at.ID:
			if q := called(p.of(aQuery), at.Query); q != nil && at.Query != "" {
				return q, ""
			}
			return p, at.Query
		case (p.kind == aVariable || p.kind == anAnnotation) && string(p.kind)+" "+p.name == at.Panel:
			return p, ""
		}
	}
	return top, joined(at.Board, at.Panel, at.Query)
}

func called(parts []*part, name string) *part {
	for _, p := range parts {
		if p.name == name {
			return p
		}
	}
	return nil
}

// allFindings returns the findings of a part and of all its parts.
func (p *part) allFindings() []Finding {
	all := slices.Clone(p.findings)
	for _, child := range p.parts {
		all = append(all, child.allFindings()...)
	}
	return all
}

// ownFindings returns the findings that come and go with a part. A panel has those of its parts, too, which are not told by
// themselves when it comes or goes.
func (p *part) ownFindings() []Finding {
	if p.kind == aPanel {
		return p.allFindings()
	}
	return p.findings
}

// subject returns what a reader takes a part for: the panel that it is in, or itself.
func (p *part) subject() *part { return cmp.Or(p.within(aPanel), p) }
