package lint

// Severity is how bad what a rule finds is.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // it misleads the person on call
	Warning Severity = "warning" // it is craft
)

// Group is the heading under which a rule stands in the table.
type Group string

// The groups, in the order of the table.
const (
	Kinds   Group = "function against kind"
	Units   Group = "unit and scale"
	Queries Group = "query"
	Panels  Group = "panel"
	Boards  Group = "board"
	Alerts  Group = "rules"
	Across  Group = "across files"
)

// Rule is one thing that lint finds. Its name is that of its file, and of its cases in testdata. It has one check or
// several; each is called with everything of its kind, and says what it finds, or skips what it cannot know.
type Rule struct {
	Name     string
	Group    Group
	Severity Severity
	Doc      string // what is wrong, for a person who meets the finding: a sentence or two
	Fixes    bool   // -fix mends some of what it finds

	Query func(*Pass, *Query)    // each query that parses: of panels, annotations, variables and rules
	Wrong func(*Pass, *Query)    // each query that does not parse
	Panel func(*Pass, *Panel)    // each panel
	Board func(*Pass, *Board)    // each board
	Prom  func(*Pass, *PromRule) // each alerting or recording rule
	Files func(*Pass, *Files)    // all files together
}

// IsKnown reports whether a name is that of a rule.
func IsKnown(name string) bool {
	for _, rule := range Rules {
		if rule.Name == name {
			return true
		}
	}
	return false
}
