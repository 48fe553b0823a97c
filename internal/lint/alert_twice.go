package lint

import (
	"gaugewright/internal/rules"
)

var alertTwice = Rule{
	Name: "alert-twice", Group: Alerts, Severity: Error,
	Doc:   "Two alerts have the same name and labels: Alertmanager takes one for the other.",
	Files: doubts(rules.Twice),
}
