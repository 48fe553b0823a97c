package lint

import (
	"net/url"
	"regexp"
	"strings"
)

var alertLink = Rule{
	Name: "alert-link", Group: Alerts, Severity: Error,
	Doc: "An annotation that should be a link is none: in a message at night nobody can follow it.",
	Prom: func(p *Pass, r *PromRule) {
		for name, value := range r.Annotations {
			if !strings.HasSuffix(name, "_url") && !strings.HasSuffix(name, "_link") || strings.Contains(value, "{{") {
				continue
			}
			if u, err := url.Parse(strings.TrimSpace(value)); err != nil || u.Scheme == "" && !ofGrafana.MatchString(strings.TrimSpace(value)) {
				p.Prom(r, r.line("annotations", name), "%s: %q is no URL", name, value)
			}
		}
	},
}

// ofGrafana finds links within a Grafana, which a message puts its address before: /d/uid, and d/uid as mixins write it.
var ofGrafana = regexp.MustCompile(`^(/|d/|explore\?)`)
