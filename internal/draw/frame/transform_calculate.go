package frame

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// calculate adds a field that is calculated from others, row by row.
func (w *work) calculate(frames []Frame, options *grafana.Node) []Frame {
	mode := cmp.Or(options.At("mode").Text(), "reduceRow")
	isSeries := !options.At("timeSeries").Exists() || options.At("timeSeries").Bool()
	right := first(options.At("binary", "right", "fixed"), options.At("binary", "right"))
	_, err := strconv.ParseFloat(right.Text(), 64)
	isFixed := mode == "binary" && !right.IsObject() && (err == nil || right.Text() == "")
	if isSeries && !isFixed {
		frames = w.ensureColumns(frames, nil)
	}
	if mode == "binary" && options.At("binary", "left", "matcher", "id").Text() == "byType" {
		return w.calculateEach(frames, options)
	}
	n := namesOf(frames)
	var all []Frame
	for _, f := range frames {
		values := w.calculatedField(n, f, mode, options)
		replaces := options.At("replaceFields").Bool()
		if values == nil {
			if !replaces {
				all = append(all, f)
			}
			continue
		}
		field := Field{Name: calculatedName(mode, options), Numbers: values}
		field.title = options.At("alias").Text()
		if mode == "index" && options.At("index", "asPercentile").Bool() {
			field.Config.Unit = "percentunit"
		}
		if replaces {
			kept := []Field{}
			if at := f.firstTime(); at >= 0 && isSeries && mode != "index" {
				kept = append(kept, f.Fields[at])
			}
			f.Fields = kept
		}
		f.Fields = append(slices.Clone(f.Fields), field)
		all = append(all, f)
	}
	return all
}

// calculatedField returns the values of the new field; nil where it cannot be made.
func (w *work) calculatedField(n names, f Frame, mode string, options *grafana.Node) []float64 {
	switch mode {
	case "reduceRow":
		return w.reduceRows(n, f, options.At("reduce"))
	case "binary":
		left, right := w.operand(n, f, options.At("binary", "left")), w.operand(n, f, options.At("binary", "right"))
		return combined(left, right, cmp.Or(options.At("binary", "operator").Text(), "+"))
	case "unary":
		return unary(n, f, w.put(options.At("unary", "fieldName").Text()), cmp.Or(options.At("unary", "operator").Text(), "abs"))
	case "cumulativeFunctions":
		return cumulative(n, f, w.put(options.At("cumulative", "field").Text()), options.At("cumulative", "reducer").Text() == "mean")
	case "windowFunctions":
		return window(n, f, options.At("window"))
	case "index":
		values := make([]float64, f.Len())
		for i := range values {
			if values[i] = float64(i); options.At("index", "asPercentile").Bool() {
				values[i] /= float64(len(values))
			}
		}
		return values
	}
	return nil
}

// reduceRows calculates over some fields of each row, or over all number fields.
func (w *work) reduceRows(n names, f Frame, options *grafana.Node) []float64 {
	found := byKinds("number")
	if included := options.At("include").Texts(); len(included) > 0 {
		found = byNames(included)
	}
	var columns [][]float64
	for i, field := range f.Fields {
		if found(n, f, i) {
			columns = append(columns, field.numbers())
		}
	}
	id := cmp.Or(options.At("reducer").Text(), "sum")
	values := make([]float64, f.Len())
	for row := range values {
		one := Field{Numbers: make([]float64, len(columns))}
		for i, column := range columns {
			one.Numbers[i] = column[row]
		}
		v, ok := one.Calc(id)
		if values[row] = v; !ok {
			values[row] = Null()
		}
	}
	return values
}

// operand returns the values of a field, or a number for each row; nil where it is neither.
func (w *work) operand(n names, f Frame, option *grafana.Node) []float64 {
	text := w.put(cmp.Or(option.At("matcher", "options").Text(), option.At("fixed").Text(), option.Text()))
	for i, field := range f.Fields {
		if !option.At("fixed").Exists() && n.of(f, i) == text {
			return field.operands()
		}
	}
	v := leading(text)
	if v != v {
		return nil
	}
	return slices.Repeat([]float64{v}, f.Len())
}

// operands returns the values to calculate with. As in JavaScript, null counts as 0, and what a join did not find is NaN.
func (f Field) operands() []float64 {
	values := slices.Clone(f.numbers())
	for i, v := range values {
		switch {
		case !IsNull(v):
		case f.isJoined:
			values[i] = math.NaN()
		default:
			values[i] = 0
		}
	}
	return values
}

// combined calculates with two values of each row.
func combined(left, right []float64, operator string) []float64 {
	if left == nil || right == nil || !strings.Contains("+-*/", operator) {
		return nil
	}
	values := make([]float64, len(left))
	for i, a := range left {
		switch b := right[i]; operator {
		case "+":
			values[i] = a + b
		case "-":
			values[i] = a - b
		case "*":
			values[i] = a * b
		case "/":
			values[i] = a / b
		}
	}
	return values
}

// calculateEach adds a field for each field of a type.
func (w *work) calculateEach(frames []Frame, options *grafana.Node) (all []Frame) {
	n := namesOf(frames)
	found := byKinds(options.At("binary", "left", "matcher", "options").Text())
	operator, right := options.At("binary", "operator").Text(), options.At("binary", "right")
	for _, f := range frames {
		var fields []Field
		for i, field := range f.Fields {
			if !options.At("replaceFields").Bool() || i == f.firstTime() {
				fields = append(fields, field)
			}
			if !found(n, f, i) {
				continue
			}
			values := combined(field.operands(), w.operand(n, f, right), operator)
			if values == nil {
				continue
			}
			field.Name += " " + operator + " " + cmp.Or(right.At("matcher", "options").Text(), right.At("fixed").Text(), right.Text())
			field.Kind, field.Numbers = Number, values
			fields = append(fields, field)
		}
		f.Fields = fields
		all = append(all, f)
	}
	return all
}

// unaries are the calculations with one value.
var unaries = map[string]func(v, total float64) float64{
	"abs":     func(v, _ float64) float64 { return math.Abs(v) },
	"exp":     func(v, _ float64) float64 { return math.Exp(v) },
	"ln":      func(v, _ float64) float64 { return math.Log(v) },
	"round":   func(v, _ float64) float64 { return math.Floor(v + 0.5) },
	"floor":   func(v, _ float64) float64 { return math.Floor(v) },
	"ceil":    func(v, _ float64) float64 { return math.Ceil(v) },
	"percent": func(v, total float64) float64 { return v / total },
}

func unary(n names, f Frame, name, operator string) []float64 {
	operate := unaries[operator]
	for i, field := range f.Fields {
		if operate == nil || field.Kind != Number || n.of(f, i) != name {
			continue
		}
		total := 0.0
		for _, v := range field.Numbers {
			if v-v == 0 {
				total += v
			}
		}
		values := field.operands()
		for row, v := range values {
			values[row] = operate(v, cmp.Or(total, 1))
		}
		return values
	}
	return nil
}

func cumulative(n names, f Frame, name string, isMean bool) []float64 {
	found := byKinds("number")
	if name != "" {
		found = byNames([]string{name})
	}
	for i, field := range f.Fields {
		if !found(n, f, i) {
			continue
		}
		total, values := 0.0, make([]float64, f.Len())
		for row, v := range field.numbers() {
			if !IsNull(v) {
				total += v
			}
			if values[row] = total; isMean {
				values[row] /= float64(row + 1)
			}
		}
		return values
	}
	return nil
}

// calculatedName is what Grafana calls the new field where it has no name of its own.
func calculatedName(mode string, options *grafana.Node) string {
	if alias := options.At("alias").Text(); alias != "" {
		return alias
	}
	of := func(name string) string {
		if name == "" {
			return ""
		}
		return "(" + name + ")"
	}
	switch mode {
	case "cumulativeFunctions":
		return "cumulative " + options.At("cumulative", "reducer").Text() + of(options.At("cumulative", "field").Text())
	case "windowFunctions":
		o := options.At("window")
		return o.At("windowAlignment").Text() + " moving " + o.At("reducer").Text() + of(o.At("field").Text())
	case "unary":
		return options.At("unary", "operator").Text() + of(options.At("unary", "fieldName").Text())
	case "index":
		return "Row"
	case "reduceRow":
		return CalcName(cmp.Or(options.At("reduce", "reducer").Text(), "sum"))
	}
	side := func(n *grafana.Node) string {
		return cmp.Or(n.At("matcher", "options").Text(), n.At("fixed").Text(), n.Text())
	}
	left, right := side(options.At("binary", "left")), side(options.At("binary", "right"))
	if left == "" || right == "" || strings.Contains(left+right, "$") {
		return ""
	}
	return left + " " + cmp.Or(options.At("binary", "operator").Text(), "+") + " " + right
}
