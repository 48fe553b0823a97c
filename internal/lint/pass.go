package lint

import (
	"fmt"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
)

// Pass is one rule at work on one file, or on all. Its methods say what the rule finds.
type Pass struct {
	Rule    *Rule
	Files   *Files
	Metrics *Metrics

	findings []*Finding
	measures map[*Panel][2]*Query     // see twoMeasures
	skipped  map[Lack]map[string]bool // what was not known, of which things
}

// Lack is what a rule would have to know.
type Lack string

// The lacks.
const (
	NoKind     Lack = "the kind of the metric"
	NoLabels   Lack = "all labels of the metric"
	NoNames    Lack = "all names of metrics"
	NoInterval Lack = "the scrape interval"
	NotAll     Lack = "the whole query"
)

// Skip says that the rule cannot judge, since something is not known of a thing, such as a metric's name.
func (p *Pass) Skip(lack Lack, of string) {
	if p.skipped == nil {
		p.skipped = map[Lack]map[string]bool{}
	}
	if p.skipped[lack] == nil {
		p.skipped[lack] = map[string]bool{}
	}
	p.skipped[lack][of] = true
}

// Query says what is wrong in a piece of a query.
func (p *Pass) Query(q *Query, piece query.Span, format string, args ...any) *Finding {
	f := p.say(q.File, q.At, q.Node, format, args)
	f.Expr, f.Piece = q.Text, &piece
	if f.Line == 0 {
		f.Line = q.At.Line
	}
	return f
}

// Panel says what is wrong with a panel, at a node of it; nil is the panel as a whole.
func (p *Pass) Panel(panel *Panel, at *grafana.Node, format string, args ...any) *Finding {
	if at == nil {
		at = panel.Node
	}
	return p.say(panel.Board.File, panel.At(), at, format, args)
}

// Target says what is wrong with a query's settings, such as its legend.
func (p *Pass) Target(q *Query, at *grafana.Node, format string, args ...any) *Finding {
	if at == nil {
		at = q.Node
	}
	f := p.say(q.File, q.At, at, format, args)
	f.Expr = q.Text
	return f
}

// Board says what is wrong with a board, at a node of it; nil is the board as a whole. The name says what of the board it
// is: "variable job"; empty for the board itself.
func (p *Pass) Board(b *Board, name string, at *grafana.Node, format string, args ...any) *Finding {
	if at == nil {
		at = b.Node
	}
	return p.say(b.File, report.Place{Board: b.Name(), Panel: name}, at, format, args)
}

// Prom says what is wrong with a rule of a rule file, at a line; 0 is the line where the rule begins.
func (p *Pass) Prom(r *PromRule, line int, format string, args ...any) *Finding {
	at := r.At()
	if line != 0 {
		at.Line = line
	}
	return p.say(r.File, at, nil, format, args)
}

// File says what is wrong with a file that is neither a board nor one of rules.
func (p *Pass) File(file *File, at *grafana.Node, format string, args ...any) *Finding {
	return p.say(file, report.Place{}, at, format, args)
}

func (p *Pass) say(file *File, place report.Place, at *grafana.Node, format string, args []any) *Finding {
	place.File = file.Path
	f := &Finding{Place: place, Rule: p.Rule.Name, Severity: p.Rule.Severity, Text: fmt.Sprintf(format, args...), order: file.order}
	if at := at.Place(); at.Line != 0 {
		f.Line, f.Column = at.Line, at.Column
	}
	p.findings = append(p.findings, f)
	return f
}
