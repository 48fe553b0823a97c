package lint

import (
	"gaugewright/internal/rules"
)

var forUnit = Rule{
	Name: "for-unit", Group: Alerts, Severity: Error,
	Doc:   "A for of less than a second has the wrong unit.",
	Files: doubts(rules.TooShort),
}
