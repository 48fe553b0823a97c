package lint

import (
	"gaugewright/internal/rules"
)

var secondDocument = Rule{
	Name: "second-document", Group: Alerts, Severity: Error,
	Doc:   "Prometheus reads only the first YAML document of a rule file: the rules behind --- are not there.",
	Files: doubts(rules.SecondDocument),
}
