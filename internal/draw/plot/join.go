package plot

import (
	"maps"
	"math"
	"slices"

	"gaugewright/internal/draw/frame"
)

// column is a series on its own, before it is joined with the others.
type column struct {
	field  frame.Field
	times  []int64
	points []Point
}

// columns returns the fields that can be drawn: the numbers of each frame that has times.
func columns(frames []frame.Frame, step func(refID string) int64) (all []column) {
	for _, f := range frames {
		i := slices.IndexFunc(f.Fields, func(f frame.Field) bool { return f.Kind == frame.Time })
		if i < 0 {
			continue
		}
		for _, field := range f.Fields {
			if field.Kind == frame.Number {
				all = append(all, newColumn(f.Fields[i], field, step(f.RefID)))
			}
		}
	}
	return all
}

// newColumn pairs times and values. Where more than a step lies between two values, the line has a gap.
func newColumn(times, field frame.Field, step int64) column {
	c := column{field: field}
	if own := setting(field.Config.Custom("insertNulls"), 0); own >= 1 {
		step = int64(math.Min(own, 1<<40))
	}
	type pair struct {
		t int64
		v float64
	}
	var pairs []pair
	for i, t := range times.Times {
		if !t.IsZero() && i < len(field.Numbers) {
			pairs = append(pairs, pair{t.UnixMilli(), field.Numbers[i]})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return int(a.t - b.t) })
	for i, p := range pairs {
		if i > 0 && step > 0 && p.t-pairs[i-1].t > step {
			c.add(pairs[i-1].t+step, Point{State: Null})
		}
		if math.IsNaN(p.v) || math.IsInf(p.v, 0) {
			c.add(p.t, Point{State: Null})
		} else {
			c.add(p.t, Point{Value: p.v})
		}
	}
	c.bridge()
	return c
}

func (c *column) add(t int64, p Point) {
	c.times, c.points = append(c.times, t), append(c.points, p)
}

// bridge makes gaps that are short enough for the panel's setting absent, so the line goes on over them.
func (c *column) bridge() {
	most := setting(c.field.Config.Custom("spanNulls"), -1)
	if most <= 0 {
		return
	}
	last := -1
	for i, p := range c.points {
		if p.State != Present {
			continue
		}
		if last >= 0 && float64(c.times[i]-c.times[last]) < most {
			for j := last + 1; j < i; j++ {
				c.points[j].State = Absent
			}
		}
		last = i
	}
}

// join returns the times of all columns, and the points of each at these times.
func join(all []column) (times []int64, points [][]Point) {
	set := map[int64]int{}
	for _, c := range all {
		for _, t := range c.times {
			set[t] = 0
		}
	}
	times = slices.Sorted(maps.Keys(set))
	for i, t := range times {
		set[t] = i
	}
	for _, c := range all {
		own := make([]Point, len(times))
		for i := range own {
			own[i].State = Absent
		}
		for i, t := range c.times {
			own[set[t]] = c.points[i]
		}
		points = append(points, own)
	}
	return times, points
}
