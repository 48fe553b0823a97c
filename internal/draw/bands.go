package draw

import (
	"math"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/grafana"
)

// part returns where a value lies between the least and the greatest of its field, from 0 to 1.
func (s single) part() float64 { return partOf(s.field, s.Number) }

func partOf(f frame.Field, v float64) float64 {
	low, high := ends(f)
	at := (v - low) / (high - low)
	if math.IsNaN(at) {
		return 0
	}
	return min(1, max(0, at))
}

// ends returns what a gauge reaches from and to: 0 and 100 where nothing says it.
func ends(f frame.Field) (low, high float64) {
	low, high = f.Min, f.Max
	if math.IsNaN(low) {
		low = 0
	}
	if math.IsNaN(high) {
		high = 100
	}
	return low, high
}

// A band is a part of a field's range, from 0 to 1, that has one color by the thresholds.
type band struct {
	from, to float64
	color    string
	value    float64 // of the threshold
}

// bands returns the colors that the thresholds give a field's range.
func (p *panel) bands(f frame.Field) (all []band) {
	low, high := ends(f)
	for _, t := range f.Config.Thresholds {
		b := band{to: 1, color: p.theme.Color(t.Color), value: low}
		if t.Value != nil {
			b.value = *t.Value
			if f.Config.ThresholdsMode == "percentage" {
				b.value = low + (high-low)**t.Value/100
			}
			b.from = partOf(f, b.value)
		}
		if len(all) > 0 {
			all[len(all)-1].to = b.from
		}
		all = append(all, b)
	}
	return all
}

// colored is the color of a value, or of text where it has none.
func (p *panel) colored(s frame.Shown) string {
	if s.Color == "" {
		return p.theme.Text
	}
	return s.Color
}

// isOn reports whether an option is switched on; without it, otherwise counts.
func isOn(n *grafana.Node, otherwise bool) bool {
	if !n.Exists() {
		return otherwise
	}
	return n.Bool()
}

// part01 returns an option that is a part of a whole, from 0 to 1.
func part01(n *grafana.Node, otherwise float64) float64 {
	if v, ok := n.Number(); ok && !math.IsNaN(v) {
		return math.Max(0, math.Min(v, 1))
	}
	return otherwise
}
