package draw

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"gaugewright/internal/draw/frame"
)

// buckets are the rows of a heatmap: the lowest first.
type buckets struct {
	names  []string
	times  []time.Time
	counts [][]float64 // by row and time; NaN where there is none
	edge   float64     // where in its row the name is: 1 at the upper edge, 0 at the lower one
	low    float64     // the least and the greatest count that has a color
	high   float64
}

// buckets joins the panel's frames into rows. Rows whose names are numbers are in their order.
func (p *panel) buckets() (b buckets) {
	at := map[time.Time]int{}
	for _, f := range p.frames {
		for _, t := range timesOf(f) {
			if _, ok := at[t]; !ok {
				at[t] = 0
				b.times = append(b.times, t)
			}
		}
	}
	slices.SortFunc(b.times, time.Time.Compare)
	for i, t := range b.times {
		at[t] = i
	}
	for _, f := range p.frames {
		times := timesOf(f)
		for _, row := range f.Fields {
			if row.Kind != frame.Number {
				continue
			}
			counts := slices.Repeat([]float64{math.NaN()}, len(b.times))
			for k, t := range times[:min(len(times), len(row.Numbers))] {
				counts[at[t]] = row.Numbers[k]
			}
			if len(b.names) == 0 {
				b.edge = p.edge(row)
			}
			b.counts, b.names = append(b.counts, counts), append(b.names, row.Display)
		}
	}
	b.sort()
	p.bound(&b)
	return b
}

// timesOf returns the times of a frame's rows.
func timesOf(f frame.Frame) []time.Time {
	for _, field := range f.Fields {
		if field.Kind == frame.Time {
			return field.Times
		}
	}
	return nil
}

// isNative reports whether the answers are native histograms, whose buckets are rows and not fields.
func (p *panel) isNative() bool {
	for _, f := range p.frames {
		for _, field := range f.Fields {
			if field.Name == "yMax" {
				return true
			}
		}
	}
	return false
}

// edge returns where the names of rows stand: as the panel says, or at the upper edge of histogram buckets.
func (p *panel) edge(row frame.Field) float64 {
	switch layout := p.options.At("rowsFrame", "layout").Text(); {
	case layout == "ge":
		return 0
	case layout == "le", layout != "unknown" && row.Labels["le"] != "":
		return 1
	}
	return 0.5
}

// sort puts rows with numbers as names in their order.
func (b *buckets) sort() {
	order := make([]int, len(b.names))
	edges := make([]float64, len(b.names))
	for i, name := range b.names {
		v, err := strconv.ParseFloat(name, 64)
		if err != nil {
			return
		}
		order[i], edges[i] = i, v
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(edges[i], edges[j]) })
	names, counts := b.names, b.counts
	b.names, b.counts = nil, nil
	for _, i := range order {
		b.names, b.counts = append(b.names, names[i]), append(b.counts, counts[i])
	}
}

// bound finds the least and the greatest count that has a color.
func (p *panel) bound(b *buckets) {
	b.low, b.high = math.Inf(1), math.Inf(-1)
	for _, row := range b.counts {
		for _, v := range row {
			if p.hasColor(v) {
				b.low, b.high = math.Min(b.low, v), math.Max(b.high, v)
			}
		}
	}
	if v, ok := p.options.At("color", "min").Number(); ok {
		b.low = v
	}
	if v, ok := p.options.At("color", "max").Number(); ok {
		b.high = v
	}
}

// hasColor reports whether a count is drawn: the panel hides those at or below a value, nothing at least.
func (p *panel) hasColor(v float64) bool {
	least, most := 1e-9, math.Inf(1)
	if n, ok := p.options.At("filterValues", "le").Number(); ok {
		least = n
	}
	if n, ok := p.options.At("filterValues", "ge").Number(); ok {
		most = n
	}
	return v > least && v < most
}

// level returns the color of a count.
func (b buckets) level(v float64, levels int) int {
	span := b.high - b.low
	if span == 0 {
		span = 1
	}
	at := math.Floor(float64(levels) * (v - b.low) / span)
	return int(math.Max(0, math.Min(at, float64(levels-1))))
}

// smallestStep returns the shortest time between two times, an hour of one alone.
func smallestStep(times []time.Time) (step time.Duration) {
	if len(times) == 1 {
		return time.Hour
	}
	for i := 1; i < len(times); i++ {
		if d := times[i].Sub(times[i-1]); d > 0 && (step == 0 || d < step) {
			step = d
		}
	}
	return step
}
