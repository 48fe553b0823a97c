// Package lint reads anybody's boards and rule files and says what misleads the person on call, by what the files say and
// by what is known about the metrics: from pages, from a Prometheus, or from a catalogue of well-known ones. It evaluates
// nothing: whether a query has an answer is the business of package verify. What it cannot know it does not say: the rule
// skips it, and the skips are counted.
//
// # How to add a rule
//
// A rule is a value of type Rule in a file of its own, rule-name in rule_name.go. Its group's list is in group_X.go; the
// order there is the order of the table that -rules prints.
//
//	var rateOfGauge = Rule{
//		Name: "rate-of-gauge", Group: Kinds, Severity: Error,
//		Doc:  "What is wrong, for a person who meets the finding.",
//		Query: func(p *Pass, q *Query) { ... },
//	}
//
// Query is called with each query that parses, Wrong with each other one, Panel, Board and Prom with each panel, board and
// rule of a rule file, Files once with all files. The query's tree is q.Tree; a query.Part has its place in the text, its
// parts, and the part around it. What is known of metrics is p.Metrics: Kind and Series by name; Labels and Units as a
// query.Catalogue for q.Parsed.PartLabels and PartDimension; ValueKind of a part.
//
// A check says what it finds with p.Query (a piece of a query, which is marked under it), p.Target, p.Panel, p.Board, p.Prom
// or p.File. Finding.write says what to write instead of the piece, and lets -fix do it; use it only for what is certain.
// Where the check would have to know what nobody said, it calls p.Skip and is silent: a finding that is not true is the
// worst that can happen. Where only sometimes it is wrong, it is no error.
//
// Its cases are in testdata/rule-name.txtar: queries with their panels around them, whole boards or rule files, bad and good.
// All rules run on each of them. `go test ./internal/lint -run Corpus -update` writes the expected findings, to be read.
package lint
