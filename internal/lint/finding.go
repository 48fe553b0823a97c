package lint

import (
	"cmp"
	"slices"
	"strings"

	"gaugewright/internal/query"
	"gaugewright/internal/report"
)

// Finding is what a rule finds: the place, the piece of the query, what is wrong, and what to write instead.
type Finding struct {
	report.Place
	Rule     string      `json:"rule"`
	Severity Severity    `json:"severity"`
	Text     string      `json:"text"`
	Expr     string      `json:"expr,omitempty"`  // the query, where the finding is about one
	Piece    *query.Span `json:"piece,omitempty"` // of Expr, in bytes
	Column   int         `json:"column,omitempty"`
	Instead  string      `json:"instead,omitempty"` // what to write for the piece, or else the value; only where it is certain

	edits []edit
	alike [][]edit // of findings that say the same of the same place: panels with one id on one line
	order int      // of the file
}

// write says what to write instead of the piece, and lets -fix write it into the query.
func (f *Finding) write(q *Query, text string) {
	f.Instead = text
	if f.Piece != nil {
		f.edits = append(f.edits, edit{node: q.Node, piece: f.Piece, text: text, offset: q.Offset})
	}
}

// Reported is the finding as package report has it.
func (f Finding) Reported() report.Finding {
	text := f.Text
	if f.Instead != "" {
		text += "; write " + f.Instead
	}
	return report.Finding{Place: f.Place, Kind: report.Kind(f.Rule), Text: text}
}

// sortFindings sorts by file, line, panel and rule, so that two runs print the same.
func sortFindings(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(a.order-b.order, a.Line-b.Line, a.ID-b.ID, strings.Compare(a.Query, b.Query), pieceStart(a)-pieceStart(b),
			strings.Compare(a.Rule, b.Rule), strings.Compare(a.Text, b.Text))
	})
}

func pieceStart(f Finding) int {
	if f.Piece == nil {
		return -1
	}
	return f.Piece.Start
}
