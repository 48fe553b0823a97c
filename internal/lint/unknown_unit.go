package lint

import (
	"cmp"
	_ "embed"
	"strings"

	"gaugewright/internal/grafana"
)

// Grafana's units: the ids that package @grafana/data 13.2 knows.
//
//go:embed units.txt
var unitList string

var unitIDs = setOf(unitList)

// meantUnits are words that people write for a unit of Grafana's, in lower case. GB and the like are not among them: behind a
// number of gigabytes the word is right.
var meantUnits = map[string]string{
	"sec": "s", "secs": "s", "second": "s", "seconds": "s", "millis": "ms", "msec": "ms", "millisecond": "ms", "milliseconds": "ms",
	"us": "µs", "usec": "µs", "microsecond": "µs", "microseconds": "µs", "nanosecond": "ns", "nanoseconds": "ns", "byte": "bytes",
	"bytes/s": "Bps", "bytes/sec": "Bps", "byteps": "Bps", "bytesps": "Bps", "bits/s": "bps", "bits/sec": "bps", "bit/s": "bps",
	"percentage": "percent", "pct": "percent", "percent unit": "percentunit", "percent(0-1)": "percentunit", "percent (0-100)": "percent",
	"percent (0.0-1.0)": "percentunit",
	"req/s":             "reqps", "reqs": "reqps", "reqs/s": "reqps", "requests/s": "reqps", "requests/sec": "reqps", "qps": "reqps",
	"op/s": "ops", "ops/s": "ops", "ops/sec": "ops", "hz": "hertz", "byte/s": "Bps", "byte/sec": "Bps", "watts": "watt", "volts": "volt",
}

var unknownUnit = Rule{
	Name: "unknown-unit", Group: Units, Severity: Error, Fixes: true,
	Doc: "Grafana has no such unit. It writes the text behind the number as it is, and does not scale it: 1073741824 Bytes " +
		"instead of 1 GiB.",
	Panel: func(p *Pass, panel *Panel) {
		p.checkUnit(panel, panel.unitNode(), panel.Defaults.Unit)
		for _, o := range panel.Overrides {
			if unit, _ := unitIn(o); unit != nil {
				p.checkUnit(panel, unit, unit.Text())
			}
		}
	},
}

// checkUnit reports a unit that is not Grafana's, where it is clear which one is meant. Any other text is the unit of
// somebody's own things.
func (p *Pass) checkUnit(panel *Panel, at *grafana.Node, id string) {
	if id == "" || unitIDs[id] || strings.Contains(id, ":") || isVariable(id) {
		return
	}
	meant := cmp.Or(meantUnits[strings.ToLower(id)], likeUnit(id))
	if meant != "" {
		p.Panel(panel, at, "Grafana has no unit %q and writes it behind the number: %q is meant", id, meant).setValue(at, meant)
	}
}

// likeUnit returns the only unit that a text is but for upper and lower case, or, of a longer one, for one letter behind the
// first: blocks are no clocks. The plural of a unit is a word that somebody wrote to be read, such as pixels.
func likeUnit(id string) string {
	var found, near []string
	for known := range unitIDs {
		switch {
		case len(id) > 1 && strings.EqualFold(known, id):
			found = append(found, known)
		case len(id) > 4 && len(known) > 4 && id != known+"s" && id[0] == known[0] && distance(known, id) == 1:
			near = append(near, known)
		}
	}
	if found == nil {
		found = near
	}
	return only(found)
}

// only returns the text of a list of one; empty where there are others, or none.
func only(all []string) string {
	if len(all) != 1 {
		return ""
	}
	return all[0]
}
