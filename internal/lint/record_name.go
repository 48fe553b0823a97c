package lint

import (
	"strings"
)

var recordName = Rule{
	Name: "record-name", Group: Alerts, Severity: Warning,
	Doc: "A recorded series is named level:metric:operations, so that a reader sees that it is recorded, and of what.",
	Prom: func(p *Pass, r *PromRule) {
		if r.Record != "" && !strings.Contains(r.Record, ":") {
			p.Prom(r, r.line("record"), "%s has no colon: write level:metric:operations", r.Record)
		}
	},
}
