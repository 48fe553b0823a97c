package lint

import (
	"strconv"
)

var ruleFile = Rule{
	Name: "rule-file", Group: Alerts, Severity: Error,
	Doc: "Prometheus refuses the rule file, so that none of its rules works.",
	Files: func(p *Pass, f *Files) {
		for _, file := range f.All {
			for _, err := range file.broken {
				text := err.Error()
				finding := p.File(file, nil, "Prometheus refuses the file: %s", firstLine(text))
				if m := lineOf.FindStringSubmatch(text); m != nil {
					finding.Line, _ = strconv.Atoi(m[1])
				}
			}
		}
	},
}
