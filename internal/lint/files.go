package lint

import (
	"cmp"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
)

// Files are all that is linted.
type Files struct {
	All     []*File
	Records map[string][]*PromRule // the recording rules, by the name of their series
	Unread  []report.Finding       // files that could not be read, or not whole

	// Interval is the scrape interval that the caller gives; 0: that of the files.
	Interval time.Duration
	Server   Version // the Prometheus that is asked

	// The shortest and the longest interval between two scrapes; 0 where they are not known.
	fastest, slowest time.Duration
}

// File is a file with boards, rules, or the configuration of Prometheus or of Grafana's data sources.
type File struct {
	Path        string
	Data        []byte
	Boards      []*Board
	Rules       []*PromRule
	Prometheus  *Prometheus
	DataSources []DataSource

	order   int // among the files
	rules   rules.File
	broken  []error // why Prometheus refuses the rules of the file
	foreign error   // why its rules are not for Prometheus
	unread  []report.Finding
	isRead  bool // it has something of these
	texts   *texts
}

// Board is a board with its panels and queries.
type Board struct {
	File *File
	grafana.Board
	Panels  []*Panel
	Queries []*Query // all of its queries for Prometheus: of panels, annotations and variables
}

// Name is how a finding names the board.
func (b *Board) Name() string { return cmp.Or(b.UID, b.Title) }

// Panel is a panel with its queries.
type Panel struct {
	Board *Board
	*grafana.Panel
	Queries []*Query // those for Prometheus that are shown or used, also those that do not parse

	variables []grafana.Variable // that it sees
}

// At is the panel's place.
func (p *Panel) At() report.Place {
	return report.Place{File: p.Board.File.Path, Board: p.Board.Name(), Row: p.Row, Panel: p.Name(), ID: p.ID}
}

// Query is a query for Prometheus, in a board or a rule file, with what the file says about it.
type Query struct {
	Text string
	*facts

	File *File
	At   report.Place
	Node *grafana.Node // what holds the text; nil where only the line is known
	// Offset is where the text begins in the node's; -1 where the node's text is another one.
	Offset int

	// One of these has the query.
	Panel      *Panel // with Target
	Target     *grafana.Target
	Annotation *grafana.Annotation
	Variable   *grafana.Variable
	Prom       *PromRule

	Board *Board // nil for a rule
}

// Selectors returns the query's selectors as parts of its tree, in the order they are written.
func (q *Query) Selectors() []*query.Part { return q.selectors }

// place is the query's place with its line, as a finding about it has it.
func (q *Query) place() report.Place {
	at := q.At
	at.File = q.File.Path
	if line := q.Node.Place().Line; line != 0 {
		at.Line = line
	}
	return at
}

// PromRule is an alerting or a recording rule of a rule file.
type PromRule struct {
	File  *File
	Group rules.Group
	rules.Rule
	Query *Query
	Node  *grafana.Node // nil in a ConfigMap, where only the line is known
}

// At is the rule's place.
func (r *PromRule) At() report.Place {
	return report.Place{File: r.File.Path, Line: r.Line, Board: r.Group.Name, Panel: r.Name()}
}

// Boards returns the boards of all files.
func (f *Files) Boards() []*Board {
	var all []*Board
	for _, file := range f.All {
		all = append(all, file.Boards...)
	}
	return all
}

// Rules returns the rules of all files.
func (f *Files) Rules() []*PromRule {
	var all []*PromRule
	for _, file := range f.All {
		all = append(all, file.Rules...)
	}
	return all
}

// eachQuery does something with each query that parses.
func (f *Files) eachQuery(do func(*Query)) {
	for _, file := range f.All {
		for _, b := range file.Boards {
			for _, q := range b.Queries {
				if q.Parsed != nil {
					do(q)
				}
			}
		}
		for _, r := range file.Rules {
			if r.Query.Parsed != nil {
				do(r.Query)
			}
		}
	}
}
