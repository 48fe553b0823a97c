package lint

import (
	"gaugewright/internal/rules"
)

var badTemplate = Rule{
	Name: "bad-template", Group: Alerts, Severity: Error,
	Doc:   "A text of the alert asks a query that is not PromQL: the message has an error in its place.",
	Files: doubts(rules.Template),
}
