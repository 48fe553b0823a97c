package draw

import (
	"math"
	"slices"

	"gaugewright/internal/draw/svg"
)

// trace adds a line through points to a path. It begins with a move, or goes on from where the path is.
func trace(d *svg.Path, points []svg.Point, interpolation string, isNew bool) {
	if isNew {
		d.Move(points[0])
	} else {
		d.Line(points[0])
	}
	switch interpolation {
	case "smooth":
		smooth(d, points)
	case "stepBefore":
		for i := 1; i < len(points); i++ {
			d.Line(svg.Point{X: points[i-1].X, Y: points[i].Y})
			d.Line(points[i])
		}
	case "stepAfter":
		for i := 1; i < len(points); i++ {
			d.Line(svg.Point{X: points[i].X, Y: points[i-1].Y})
			d.Line(points[i])
		}
	default:
		for _, p := range points[1:] {
			d.Line(p)
		}
	}
}

// visible is how far a point must be off the drawn line to be drawn, in pixels.
const visible = 0.5

// thin takes away those points of a straight line that nobody would miss.
func thin(points []svg.Point, interpolation string) []svg.Point {
	if interpolation != "linear" || len(points) < 3 {
		return points
	}
	kept := []svg.Point{points[0]}
	from := points[0]
	low, high := math.Inf(-1), math.Inf(1) // the slopes of lines that pass all points since from
	for i := 1; i < len(points); i++ {
		dx, dy := points[i].X-from.X, points[i].Y-from.Y
		if slope := dy / dx; i > 1 && !(low <= slope && slope <= high) {
			from = points[i-1]
			kept = append(kept, from)
			low, high = math.Inf(-1), math.Inf(1)
			dx, dy = points[i].X-from.X, points[i].Y-from.Y
		}
		low, high = math.Max(low, (dy-visible)/dx), math.Min(high, (dy+visible)/dx)
	}
	return append(kept, points[len(points)-1])
}

// smooth draws curves that rise and fall with the points and never go beyond them, as uPlot's spline does: monotone
// cubic interpolation after Fritsch and Carlson.
func smooth(d *svg.Path, points []svg.Point) {
	slopes := slopes(points)
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		third := (to.X - from.X) / 3
		d.Curve(svg.Point{X: from.X + third, Y: from.Y + slopes[i-1]*third},
			svg.Point{X: to.X - third, Y: to.Y - slopes[i]*third}, to)
	}
}

// slopes returns the slope of the curve at each point.
func slopes(points []svg.Point) []float64 {
	n := len(points)
	all := make([]float64, n)
	secant := func(i int) float64 {
		if dx := points[i+1].X - points[i].X; dx != 0 {
			return (points[i+1].Y - points[i].Y) / dx
		}
		return 0
	}
	if n < 2 {
		return all
	}
	all[0], all[n-1] = secant(0), secant(n-2)
	for i := 1; i < n-1; i++ {
		before, after := secant(i-1), secant(i)
		if before*after > 0 {
			h0, h1 := points[i].X-points[i-1].X, points[i+1].X-points[i].X
			all[i] = 3 * (h0 + h1) / ((2*h1+h0)/before + (h1+2*h0)/after)
		}
	}
	return all
}

func reversed(points []svg.Point) []svg.Point {
	back := slices.Clone(points)
	slices.Reverse(back)
	return back
}

// backward returns the interpolation of a line that is drawn from its end.
func backward(interpolation string) string {
	switch interpolation {
	case "stepBefore":
		return "stepAfter"
	case "stepAfter":
		return "stepBefore"
	}
	return interpolation
}
