package diff

import "gaugewright/internal/grafana"

// variable tells what belongs together: the list of a variable is kept once more as its options.
func (c *comparer) variable(d *delta) {
	kind := d.new.get("type").text
	if kind == "custom" || kind == "interval" || kind == "constant" || kind == "textbox" {
		for _, one := range d.leaves {
			if one.path == "query" && one.old.kind == grafana.String {
				d.takeAll("options")
				break
			}
		}
	}
}
