package promql_test

import (
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/util/features"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
	"gaugewright/internal/engine"
	"gaugewright/internal/query"
)

var (
	info    = metric.Gauge{Name: "go_info", Labels: []metric.Label{"version"}}
	ratio   = metric.Gauge{Name: "in_use_ratio", Unit: metric.Ratio}
	latency = metric.Histogram{Name: "latency_seconds", Unit: metric.Seconds, Labels: []metric.Label{"path"}} // native
)

// leftOut is what the package leaves out, and why.
var leftOut = map[string]string{
	"</":            "cuts a native histogram off: HistogramFraction answers what it is asked for",
	">/":            "cuts a native histogram off: HistogramFraction answers what it is asked for",
	"duration_expr": "arithmetic of durations: Go computes them",
}

// verb is one of PromQL's own words, the method or function that writes it, and an expression that it wrote.
type verb struct {
	word, name string // name is empty where it is the word in Go's spelling
	expr       promql.Expr
}

func verbs() []verb {
	heapNow, used, limitNow := board.Value(heap), board.Value(ratio), board.Value(limit)
	now, one, angle := promql.Time(), promql.Number(1), board.Value(ratio)
	s := board.Over("5m")
	hours := heapNow.Over("1h", "1m")
	shop := promql.NewScope("5m", []metric.Label{"job", "instance"}, promql.MatchEqual("job", "shop"), promql.Selected("instance"))
	return []verb{
		// Functions of counters and gauges over a window.
		{"rate", "", s.Rate(requests)}, {"irate", "", s.IRate(requests)}, {"increase", "", s.Increase(cpu)},
		{"resets", "", s.Resets(requests)}, {"delta", "", s.Delta(heap)}, {"idelta", "", s.IDelta(heap)},
		{"deriv", "", s.Deriv(heap)}, {"predict_linear", "", s.PredictLinear(heap, time.Hour)}, {"changes", "", s.Changes(heap)},
		{"avg_over_time", "", s.AvgOverTime(heap)}, {"min_over_time", "", s.MinOverTime(heap)},
		{"max_over_time", "", s.MaxOverTime(heap)}, {"sum_over_time", "", s.SumOverTime(heap)},
		{"count_over_time", "", s.CountOverTime(heap)}, {"quantile_over_time", "", s.QuantileOverTime(0.9, heap)},
		{"stddev_over_time", "", s.StddevOverTime(heap)}, {"stdvar_over_time", "", s.StdvarOverTime(heap)},
		{"first_over_time", "", s.FirstOverTime(heap)}, {"last_over_time", "", s.LastOverTime(heap)},
		{"present_over_time", "", s.PresentOverTime(heap)}, {"absent_over_time", "", s.AbsentOverTime(heap)},
		{"present_over_time", "", s.RawRange(requests).PresentOverTime()},
		{"absent_over_time", "", shop.AbsentOverTime(heap)}, {"absent", "", shop.Absent(heap)},
		{"absent", "", shop.AtEnd().Absent(heap)}, {"absent", "", shop.Offset(time.Hour).Absent(heap)},
		{"absent", "", shop.Smoothed().Raw(requests).Absent()}, {"absent", "", shop.Rate(requests).Absent()},
		{"absent", "", shop.Value(heap).Sum("job").Absent()}, {"absent_over_time", "", shop.Value(heap).Over("1h", "").AbsentOverTime()},
		// Of subqueries.
		{"avg_over_time", "", hours.AvgOverTime()}, {"min_over_time", "", hours.MinOverTime()},
		{"max_over_time", "", s.Rate(requests).Sum("path").Over("1h", "").MaxOverTime()}, {"sum_over_time", "", hours.SumOverTime()},
		{"count_over_time", "", hours.CountOverTime()}, {"quantile_over_time", "", hours.QuantileOverTime(0.9)},
		{"stddev_over_time", "", hours.StddevOverTime()}, {"stdvar_over_time", "", hours.StdvarOverTime()},
		{"first_over_time", "", hours.FirstOverTime()}, {"last_over_time", "", hours.LastOverTime()},
		{"present_over_time", "", hours.PresentOverTime()}, {"absent_over_time", "", hours.AbsentOverTime()},
		{"changes", "", hours.Changes()}, {"delta", "", hours.Delta()}, {"idelta", "", hours.IDelta()},
		{"deriv", "", heapNow.Neg().Over("1h", "1m").Offset(time.Hour).AtEnd().Deriv()},
		{"predict_linear", "", heapNow.Mul(one).Over("1h", "1m").AtStart().PredictLinear(time.Hour)},
		// Of histograms.
		{"histogram_quantile", "", s.HistogramQuantile(0.99, duration, "path")},
		{"histogram_quantile", "", s.Native().HistogramQuantile(0.99, latency, "path")},
		{"histogram_quantile", "", s.Rate(duration.Bucket()).Sum("le").HistogramQuantile(0.9, duration)},
		{"histogram_fraction", "", s.HistogramFraction(0, 0.3, duration)},
		{"histogram_fraction", "", s.Native().HistogramFraction(0, 0.3, latency, "path")},
		{"histogram_count", "", s.HistogramCount(latency, "path")}, {"histogram_sum", "", s.HistogramSum(latency)},
		{"histogram_avg", "", s.HistogramAvg(latency)}, {"histogram_stddev", "", s.HistogramStddev(latency)},
		{"histogram_stdvar", "", s.HistogramStdvar(latency)},
		// Of single values.
		{"abs", "", heapNow.Abs()}, {"ceil", "", heapNow.Ceil()}, {"floor", "", heapNow.Floor()}, {"round", "", heapNow.Round()},
		{"round", "", heapNow.Round(0.5)}, {"sgn", "", heapNow.Sgn()}, {"sqrt", "", heapNow.Mul(limitNow).Sqrt()},
		{"clamp", "", heapNow.Clamp(one, limitNow.Max().Scalar())}, {"clamp_min", "", heapNow.ClampMin(one)},
		{"clamp_max", "", heapNow.ClampMax(one)}, {"scalar", "", promql.Vector(heapNow.Max().Scalar())},
		{"vector", "", promql.Vector(one)}, {"sort", "", heapNow.Sort()}, {"sort_desc", "", heapNow.SortDesc()},
		{"absent", "", board.Absent(heap)}, {"absent", "", board.Value(heap).Max("job").Absent()},
		{"exp", "", used.Exp()}, {"ln", "", used.Ln()}, {"log2", "", used.Log2()}, {"log10", "", used.Log10()},
		{"sin", "", angle.Sin()}, {"cos", "", angle.Cos()}, {"tan", "", angle.Tan()}, {"asin", "", angle.Asin()},
		{"acos", "", angle.Acos()}, {"atan", "", angle.Atan()}, {"sinh", "", angle.Sinh()}, {"cosh", "", angle.Cosh()},
		{"tanh", "", angle.Tanh()}, {"asinh", "", angle.Asinh()}, {"acosh", "", angle.Acosh()}, {"atanh", "", angle.Atanh()},
		{"deg", "", angle.Deg()}, {"rad", "", angle.Rad()}, {"pi", "", angle.Mul(promql.Pi())},
		{"label_replace", "", heapNow.LabelReplace("pod", "$1", "instance", "(.*):.*")},
		{"label_join", "", heapNow.LabelJoin("process", "/", "job", "instance")},
		// Of times.
		{"time", "", now.Sub(board.Value(started))}, {"timestamp", "", heapNow.Timestamp()}, {"hour", "", now.Hour()},
		{"minute", "", now.Minute()}, {"day_of_week", "", now.DayOfWeek()}, {"day_of_month", "", board.Value(started).DayOfMonth()},
		{"day_of_year", "", now.DayOfYear()}, {"days_in_month", "", now.DaysInMonth()}, {"month", "", now.Month()},
		{"year", "", now.Year()},
		// Aggregations.
		{"sum", "", heapNow.Sum()}, {"avg", "", heapNow.Avg("job")}, {"min", "", heapNow.Min()}, {"max", "", heapNow.Max()},
		{"count", "", heapNow.Count("job")}, {"group", "", heapNow.Group("job")}, {"stddev", "", heapNow.Stddev()},
		{"stdvar", "", heapNow.Stdvar()}, {"quantile", "", heapNow.Quantile(0.9, "job")}, {"topk", "", heapNow.TopK(3)},
		{"bottomk", "", heapNow.BottomK(3, "job")}, {"count_values", "", heapNow.CountValues("size", "job")},
		{"by", "Sum", heapNow.Sum("job")}, {"without", "", heapNow.Without("instance").Sum()},
		{"avg", "", heapNow.Without().Avg()}, {"min", "", heapNow.Without("job").Min()}, {"max", "", heapNow.Without("job").Max()},
		{"count", "", heapNow.Without("job").Count()}, {"group", "", heapNow.Without("job").Group()},
		{"stddev", "", heapNow.Without("job").Stddev()}, {"stdvar", "", heapNow.Without("job").Stdvar()},
		{"quantile", "", heapNow.Without("job").Quantile(1)}, {"topk", "", heapNow.Without("instance").TopK(1)},
		{"bottomk", "", heapNow.Without("instance").BottomK(1)}, {"count_values", "", heapNow.Without("instance").CountValues("size")},
		// Operators.
		{"+", "Add", heapNow.Add(limitNow)}, {"-", "Sub", heapNow.Sub(limitNow)}, {"*", "Mul", heapNow.Mul(used)},
		{"/", "Div", heapNow.Div(limitNow)}, {"%", "Mod", heapNow.Mod(promql.Number(4096))}, {"^", "Pow", heapNow.Pow(promql.Number(2))},
		{"^", "Pow", promql.Number(-2).Pow(used.Pow(one).Pow(one.Add(one)))}, {"atan2", "", heapNow.Atan2(limitNow)},
		{"-", "Neg", heapNow.Sub(limitNow).Neg().Mul(used.Neg()).Sub(promql.Number(-1))},
		{"==", "Eq", heapNow.Eq(limitNow)}, {"!=", "Ne", heapNow.Ne(limitNow)}, {">", "Gt", heapNow.Gt(limitNow)},
		{">=", "Ge", heapNow.Ge(limitNow)}, {"<", "Lt", heapNow.Lt(limitNow)}, {"<=", "Le", heapNow.Le(limitNow)},
		{"and", "", heapNow.And(limitNow)}, {"or", "", heapNow.Or(limitNow)}, {"unless", "", heapNow.Unless(limitNow)},
		{"bool", "", heapNow.Bool().Gt(limitNow)}, {"bool", "", promql.Vector(one.Bool().Lt(now))},
		// Matching.
		{"on", "", heapNow.On("instance").Mul(used)}, {"on", "", heapNow.On().Or(promql.Vector(promql.Number(0)))},
		{"ignoring", "", used.Ignoring("version").Mul(board.Value(info))},
		{"group_left", "", heapNow.On("job", "instance").GroupLeft("version").Mul(board.Value(info))},
		{"group_left", "", board.Value(info).Ignoring("version").GroupLeft().Add(used)},
		{"group_right", "", board.Value(info).On("instance").GroupRight("version").Mul(heapNow)},
		{"bool", "", heapNow.On("instance").Bool().Le(limitNow)}, {"unless", "", heapNow.On("job").Unless(limitNow.Max("job"))},
		{"and", "", heapNow.Ignoring("version").And(board.Value(info))},
		{"=~", "MatchRegexp", board.Where(promql.MatchRegexp("path", "/.+")).Rate(requests)},
		{"!=", "MatchNotEqual", board.Where(promql.MatchNotEqual("path", "/")).Rate(requests)},
		{"!~", "MatchNotRegexp", board.Where(promql.MatchNotRegexp("path", "/.+")).Rate(requests)},
		// Modifiers.
		{"offset", "", s.Offset(time.Hour).Rate(requests)}, {"offset", "", board.Offset(-time.Hour).Value(heap)},
		{"@", "At", board.At(time.Unix(1_700_000_000, 0)).Offset(time.Minute).Value(heap)},
		{"@", "AtStart", s.AtStart().Rate(requests)}, {"@", "AtEnd", board.AtEnd().Value(heap)},
		{"anchored", "", s.Anchored().AtEnd().Offset(time.Minute).Increase(cpu)}, {"smoothed", "", s.Smoothed().Rate(requests)},
		{"smoothed", "", board.Smoothed().AtEnd().Offset(time.Minute).Value(heap)},
	}
}

// Every stable word of the language has a verb of its name, or is left out for a reason in the package's doc.
func TestWholeLanguage(t *testing.T) {
	stable := stableWords()
	said := map[string]bool{}
	for _, v := range verbs() {
		name := v.name
		if name == "" {
			name = v.word
		}
		if !methods()[strings.ToLower(strings.ReplaceAll(name, "_", ""))] {
			t.Errorf("%s: no method or function %s", v.word, name)
		}
		if !stable[v.word] {
			t.Errorf("%s is no stable word of Prometheus's", v.word)
		}
		if err := v.expr.Err(); err != nil {
			t.Errorf("%s: %v", v.word, err)
		} else if !wordsOf(t, v.expr)[v.word] {
			t.Errorf("the verb of %s writes %s", v.word, v.expr)
		}
		said[v.word] = true
	}
	for word := range stable {
		if _, left := leftOut[word]; said[word] == left {
			t.Errorf("%s: has a verb: %t, left out: %t", word, said[word], left)
		}
	}
	for word := range leftOut {
		if !stable[word] {
			t.Errorf("%s is left out, and Prometheus does not have it", word)
		}
	}
}

// stableWords are the functions, aggregations, operators and keywords of Prometheus's own tables.
func stableWords() map[string]bool {
	registry := features.NewRegistry()
	parser.NewParser(parser.Options{}).RegisterFeatures(registry)
	tables := registry.Get()
	stable := map[string]bool{}
	for _, category := range []string{features.PromQL, features.PromQLFunctions, features.PromQLOperators} {
		for word, on := range tables[category] {
			if on {
				stable[word] = true
			}
		}
	}
	return stable
}

// methods are the names of everything that writes expressions, in lower case.
func methods() map[string]bool {
	names := map[string]bool{"time": true, "pi": true, "vector": true, "matchregexp": true, "matchnotregexp": true, "matchnotequal": true}
	for _, of := range []any{promql.Scope{}, promql.Range{}, promql.Expr{}, promql.Match{}} {
		typ := reflect.TypeOf(of)
		for i := range typ.NumMethod() {
			names[strings.ToLower(typ.Method(i).Name)] = true
		}
	}
	return names
}

// wordsOf are the words that Prometheus's parser finds in an expression. The text must be its own printing.
func wordsOf(t *testing.T, e promql.Expr) map[string]bool {
	t.Helper()
	canonical(t, e)
	text := strings.NewReplacer("$__rate_interval", "5m", "$__range", "1h").Replace(e.String())
	if _, err := parser.NewParser(parser.Options{}).ParseExpr(text); err != nil {
		t.Fatalf("%s: %v", e, err)
	}
	words := map[string]bool{}
	lexer := parser.Lex(text)
	for {
		var item parser.Item
		lexer.NextItem(&item)
		if item.Typ == parser.EOF || item.Typ == parser.ERROR {
			return words
		}
		words[item.Val] = true
	}
}

// Prometheus evaluates every expression: some combinations it refuses only then.
func TestEveryVerbIsEvaluated(t *testing.T) {
	e, err := engine.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range verbs() {
		text := strings.ReplaceAll(v.expr.String(), "$__rate_interval", "5m")
		if _, err := e.Instant(t.Context(), text, time.Unix(1_700_000_000, 0)); err != nil {
			t.Errorf("%s: %v", v.expr, err)
		}
	}
}

// What an expression reports about itself equals what is read from its text: dimension and labels of every verb.
func TestWhatIsSaidIsTrue(t *testing.T) {
	for _, v := range verbs() {
		q, err := query.Parse(v.expr.String())
		if err != nil {
			t.Fatal(err)
		}
		dimension, problems := q.Dimension(catalogued)
		labels, more := q.Labels(catalogued)
		if problems = append(problems, more...); len(problems) > 0 {
			t.Errorf("%s: %v", v.expr, problems)
		}
		var said []string
		for _, label := range v.expr.Labels() {
			said = append(said, string(label))
		}
		if !slices.Equal(said, labels.Names) {
			t.Errorf("%s\n says %v\n has  %v", v.expr, said, labels.Names)
		}
		d := v.expr.Dimension()
		if dimension.Known && !dimension.Number && (d != promql.Dimension{Bytes: dimension.Bytes, Seconds: dimension.Seconds, Pow10: dimension.Ten}) {
			t.Errorf("%s\n says %s\n is   %s", v.expr, d, dimension)
		}
	}
}

// catalogued is what a query knows of the metrics of these tests.
func catalogued(name string) (query.Series, bool) {
	families := map[string]metric.Family{}
	for _, f := range []metric.Family{
		metric.Family(heap), metric.Family(limit), metric.Family(started), metric.Family(requests), metric.Family(cpu),
		metric.Family(info), metric.Family(ratio), metric.Family(latency), metric.Family(duration.Bucket()),
	} {
		families[f.Name] = f
	}
	f, ok := families[name]
	series := query.Series{Unit: f.Unit, Labels: []string{"job", "instance"}}
	if name == duration.Name+"_bucket" {
		series.Unit = duration.Unit
	}
	for _, label := range f.Labels {
		series.Labels = append(series.Labels, string(label))
	}
	return series, ok
}

// The package's doc names what is left out.
func TestDocSaysWhatIsLeftOut(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range slices.Sorted(maps.Keys(leftOut)) {
		if !strings.Contains(string(doc), word) {
			t.Errorf("doc.go does not say that %s is left out", word)
		}
	}
}
