package plot

import (
	"fmt"
	"math"

	"gaugewright/internal/draw/frame"
)

// stacks are groups of series that lie on each other.
type stacks struct {
	keys    map[string]int
	members [][]int
}

// stack makes the groups, and moves the points of each series on top of the one below.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/uPlot/utils.ts
func (p *Plot) stack(fields []frame.Field) {
	groups := stacks{keys: map[string]int{}}
	for i := range p.Series {
		s := &p.Series[i]
		mode := fields[i].Config.Custom("stacking.mode").Text()
		if mode == "" || mode == "none" || s.Hidden {
			continue
		}
		key := fmt.Sprint(isNegative(s.Points), mode, "|", fields[i].Config.Custom("stacking.group").Text(), "|", s.Axis,
			"|", s.Style, "|", s.Interpolation, s.BarAlign)
		s.Stack = groups.number(key)
		if below := groups.members[s.Stack]; len(below) > 0 {
			s.On = below[len(below)-1]
		}
		groups.members[s.Stack] = append(groups.members[s.Stack], i)
	}
	for _, members := range groups.members {
		p.pile(members)
		if fields[members[0]].Config.Custom("stacking.mode").Text() == "percent" {
			p.percent(members)
		}
	}
}

func (g *stacks) number(key string) int {
	n, ok := g.keys[key]
	if !ok {
		n = len(g.members)
		g.keys[key] = n
		g.members = append(g.members, nil)
	}
	return n
}

// pile adds to each series what lies below it. Where any of the group has a value, all have one.
func (p *Plot) pile(members []int) {
	for t := range p.Times {
		sum, isAny := 0.0, false
		for _, m := range members {
			isAny = isAny || p.Series[m].Points[t].State == Present
		}
		for _, m := range members {
			point := &p.Series[m].Points[t]
			if point.State == Present {
				sum += point.Value
			}
			if isAny {
				*point = Point{Value: sum}
			}
		}
	}
}

// percent makes the sums parts of the group's whole.
func (p *Plot) percent(members []int) {
	top := members[len(members)-1]
	for t := range p.Times {
		whole := math.Abs(p.Series[top].Points[t].Value)
		for _, m := range members {
			point := &p.Series[m].Points[t]
			if whole == 0 {
				point.Value = 0
			} else {
				point.Value /= whole
			}
		}
	}
}

// isNegative reports whether more values are below zero than above it.
func isNegative(points []Point) bool {
	below, above := 0, 0
	for _, p := range points {
		switch {
		case p.State != Present:
		case p.Value < 0:
			below++
		case p.Value > 0:
			above++
		}
	}
	return below > above
}

// transform mirrors a series, or makes it its first value.
func transform(points []Point, kind string) []Point {
	drawn := make([]Point, len(points))
	copy(drawn, points)
	switch kind {
	case "negative-Y":
		for i := range drawn {
			drawn[i].Value = -drawn[i].Value
		}
	case "constant":
		first := -1
		for i, p := range drawn {
			if p.State == Present && first < 0 {
				first = i
			}
		}
		for i := range drawn {
			if first >= 0 {
				drawn[i] = drawn[first]
			}
		}
	}
	return drawn
}
