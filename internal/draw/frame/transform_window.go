package frame

import (
	"cmp"
	"math"

	"gaugewright/internal/grafana"
)

// window calculates, for each row, over the rows before it or around it.
func window(n names, f Frame, options *grafana.Node) []float64 {
	found := byKinds("number")
	if name := options.At("field").Text(); name != "" {
		found = byNames([]string{name})
	}
	size, ok := options.At("windowSize").Number()
	if !ok {
		size = 0.1
	}
	if options.At("windowSizeMode").Text() != "fixed" {
		size *= float64(f.Len())
	}
	rows := int(math.Ceil(min(size, 1e6)))
	before, after := rows-1, 0
	if options.At("windowAlignment").Text() == "centered" {
		before, after = rows/2, (rows+1)/2-1
	}
	for i, field := range f.Fields {
		if rows > 0 && found(n, f, i) {
			return moving(field.numbers(), before, after, cmp.Or(options.At("reducer").Text(), "mean"))
		}
	}
	return nil
}

// moving calculates over a window that moves over the values. Without values in it, the result is 0.
func moving(values []float64, before, after int, id string) []float64 {
	calculate := map[string]func([]float64) (float64, bool){
		"mean": mean, "variance": variance, "stdDev": calcs["stdDev"].of,
	}[id]
	if calculate == nil {
		return nil
	}
	result := make([]float64, len(values))
	for i := range values {
		result[i], _ = calculate(values[max(0, i-before):min(len(values), i+after+1)])
	}
	return result
}
