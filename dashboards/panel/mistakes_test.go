package panel_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	sdk "github.com/grafana/grafana-foundation-sdk/go/stat"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// Every mistake in a board is an error when it is built: where it stands, what is wrong, and what to do.
func TestMistakes(t *testing.T) {
	now := func(panels ...builder) *panel.Board { return board().Row("Now").Line(4, panels...) }
	heapOf := func(name string) panel.Query { return panel.Named(name, scope.Value(heap).Max()) }
	for name, c := range map[string]struct {
		board *panel.Board
		want  string // HERE is a file of these tests and a line
	}{
		"no row":                 {board(), "HERE: a board needs a row: start one with Row"},
		"a row without a line":   {now(stat("a")).Row("Later"), `row "Later": HERE: the row has no panels: give it a Line, or leave it out`},
		"a line without panels":  {now(), `row "Now": HERE: the line has no panels: give it some, or leave it out`},
		"a line without a row":   {board().Line(4, stat("a")), "HERE: a line needs a row: start one with Row"},
		"nothing to repeat":      {board().Repeat("job"), "HERE: there is no row to repeat: start one with Row"},
		"a row without a title":  {board().Row("").Line(4, stat("a")), `row "": HERE: a row needs a title`},
		"a nil panel":            {now(nil), `row "Now": HERE: panel 1 of the line is nil`},
		"no uid":                 {panel.NewBoard(dashboard.NewDashboardBuilder("Test")).Row("Now").Line(4, stat("a")), "HERE: a board needs a uid"},
		"a row's title twice":    {now(stat("a")).Row("Now").Line(4, stat("b")), `row "Now": HERE: two rows have this title: give one another, or put their lines together (the other is at HERE)`},
		"a panel's title twice":  {now(stat("a"), stat("a")), `row "Now": panel "a": HERE: two panels of one title: give one another (the other is at HERE)`},
		"one title in two rows":  {now(stat("a")).Row("Later").Line(4, stat("a")), `row "Later": panel "a": HERE: one title in two rows, here and in "Now": give one panel another (the other is at HERE)`},
		"a line too wide":        {now(wide("a", 10), wide("b", 10), wide("c", 10)), `row "Now": HERE: the panels take 30 of the line's 24 columns: give them other Spans`},
		"a hole":                 {now(wide("a", 10), wide("b", 10)), `row "Now": HERE: the panels do not fill the line's 24 columns: 4 left for 0 panels: give them other Spans`},
		"no room left":           {now(wide("a", 24), stat("b")), `row "Now": HERE: the panels do not fill the line's 24 columns: 0 left for 1 panels: give them other Spans`},
		"shares that do not fit": {now(stat("a"), stat("b"), stat("c"), stat("d"), stat("e")), `row "Now": HERE: the panels do not fill the line's 24 columns: 24 left for 5 panels: give them other Spans`},
		"a panel without a title": {now(panel.Stat("", about, scope.Value(heap).Max())),
			`row "Now": panel "": HERE: a panel needs a title`},
		"the SDK's panel without a title": {now(sdk.NewPanelBuilder()), `row "Now": panel "": HERE: a panel needs a title`},
		"a text without a title":          {now(panel.Text("", "# Hello")), `row "Now": panel "": HERE: a panel needs a title`},
		"an empty text":                   {now(panel.Text("Read me", "")), `row "Now": panel "Read me": HERE: the text is empty`},
		"no description": {now(panel.Stat("Heap", "", scope.Value(heap).Max())),
			`row "Now": panel "Heap": HERE: a panel needs a description: what it shows, and what to do about it`},
		"the SDK's panel without a description": {now(sdk.NewPanelBuilder().Title("Heap")),
			`row "Now": panel "Heap": HERE: a panel needs a description: what it shows, and what to do about it`},
		"a stat of many series": {now(panel.Stat("Heap", about, scope.Value(heap))),
			`row "Now": panel "Heap": HERE: a stat shows one number, and this expression has one for each instance: aggregate it with Sum, Max, Min, Avg or Count`},
		"a gauge of many series": {now(panel.Gauge("Heap", about, scope.Value(heap).Div(scope.Value(heap)))),
			`row "Now": panel "Heap": HERE: a stat shows one number, and this expression has one for each instance: aggregate it with Sum, Max, Min, Avg or Count`},
		"no expression": {now(panel.Stat("Heap", about, nil)), `row "Now": panel "Heap": query A: HERE: an expression is missing`},
		"two queries with one legend": {now(panel.TimeSeries("Heap", about, heapOf("a"), heapOf("b"), heapOf("a"))),
			`row "Now": panel "Heap": HERE: queries A and C have one legend, "a": give each a name with Named`},
		"two columns with one name": {now(panel.Table("Heap", about, panel.Col("a", heapOf("")), panel.Col("a", heapOf("")))),
			`row "Now": panel "Heap": HERE: two columns are called "a": give one another name`},
		"a bar chart without an axis": {now(panel.BarChart("Heap", about, heapOf(""))),
			`row "Now": panel "Heap": HERE: a bar chart has one label along its axis, and an expression varies by none: aggregate each by the same one`},
		"a bar chart with two axes": {now(panel.BarChart("Heap", about, scope.Rate(requests).Sum("path"), scope.Value(heap))),
			`row "Now": panel "Heap": HERE: a bar chart has one label along its axis, and an expression varies by instance: aggregate each by the same one`},
		"two variables of one name": {now(stat("a")).Variable(panel.Custom("job", "a")), `HERE: two variables are called "job": give one another name`},
		"processes that nobody chose": {now(panel.TimeSeries("Heap", about, scope.Value(heap))),
			`row "Now": panel "Heap": HERE: $worst_heap names a variable that the board does not have: set with Processes which label distinguishes the processes that it draws`},
		"a variable without values": {now(stat("a")).Variable(panel.Custom("env")), `variable "env": HERE: no values: list at least one`},
		"an interval without lengths": {now(stat("a")).Variable(panel.Interval("window")),
			`variable "window": HERE: no lengths of time: list at least one`},
		"an annotation with a mistake": {now(stat("a")).Annotation(panel.Annotation("Start", scope.Value(heap).Sum("path"))),
			`annotation "Start": HERE: sum by path: the series have instance, job`},
		"a link to nowhere": {now(stat("a")).Link(panel.Link("Runbook", "")),
			`link "Runbook": HERE: a link needs a title and an address`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.board.Build()
			if got := places(err); got != "board go-test: "+c.want && got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// here finds a test of this package with a line in a message.
var here = func() *regexp.Regexp {
	_, file, _, _ := runtime.Caller(0)
	return regexp.MustCompile(regexp.QuoteMeta(filepath.Dir(file)) + `/[a-z]+_test\.go:[1-9]\d*\b`)
}()

// places is an error's message with HERE for the places in this file.
func places(err error) string {
	if err == nil {
		return "no error"
	}
	return here.ReplaceAllString(err.Error(), "HERE")
}

// A row's, a line's and a panel's mistakes are reported at the line of Go that wrote each.
func TestMistakesNameTheirOwnLine(t *testing.T) {
	_, file, line, _ := runtime.Caller(0)
	_, err := board().
		Row("Now").
		Line(4, stat("a")).
		Line(4,
			panel.Stat("b", "", scope.Value(heap).Max())).
		Row("Empty").
		Build()
	for _, want := range []string{
		fmt.Sprintf(`panel "b": %s:%d:`, file, line+5), fmt.Sprintf(`row "Empty": %s:%d:`, file, line+6),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nlacks %s in %s", err, want, filepath.Base(file))
		}
	}
}

// What a board names, it has: in each place where Grafana fills a variable in.
func TestUnknownVariables(t *testing.T) {
	with := func(change func(*sdk.PanelBuilder) *sdk.PanelBuilder) *panel.Board {
		return board().Row("Now").Line(4, change(panel.Stat("a", about, scope.Value(heap).Max())))
	}
	link := func(url string) []cog.Builder[dashboard.DashboardLink] {
		return []cog.Builder[dashboard.DashboardLink]{panel.Link("Open", url)}
	}
	pods := promql.NewScope(promql.RateInterval, []metric.Label{"pod"}, promql.Selected("pod"))
	for name, c := range map[string]struct {
		board   *panel.Board
		written string // "" where nothing is wrong
	}{
		"data link":    {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.DataLinks(link("/d/x?${pod:queryparam}")) }), "${pod:queryparam}"},
		"panel link":   {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.Links(link("/d/x?var-job=${pod}")) }), "${pod}"},
		"title":        {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.Title("Of $pod") }), "$pod"},
		"description":  {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.Description("Of ${pod}.") }), "${pod}"},
		"panel repeat": {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.Repeat("pod") }), `Repeat("pod")`},
		"override":     {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.OverrideByName("$pod", nil) }), "$pod"},
		"text":         {board().Row("Now").Line(4, panel.Text("Read me", "Now at $pod")), "$pod"},
		"query":        {board().Row("Now").Line(4, panel.Stat("a", about, pods.Value(heap).Max())), "$pod"},
		"alerts":       {board().Row("Now").Line(4, panel.Alerts("a", about, `{pod=~"$pod"}`)), "$pod"},
		"row title":    {board().Row("Of $pod").Line(4, stat("a")), "$pod"},
		"row repeat":   {board().Row("Now").Repeat("pod").Line(4, stat("a")), `Repeat("pod")`},
		"board link":   {board().Link(panel.Link("Open", "/d/x?$pod")).Row("Now").Line(4, stat("a")), "$pod"},
		"variable":     {board().Variable(panel.LabelValues(metric.Family(heap), "id", promql.Selected("pod"))).Row("Now").Line(4, stat("a")), "$pod"},
		"annotation":   {board().Annotation(panel.Annotation("Start", pods.Value(heap).Max())).Row("Now").Line(4, stat("a")), "$pod"},
		"logs":         {board().Link(panel.Logs("Logs", "loki", `{pod="${pod}"}`)).Row("Now").Line(4, stat("a")), "${pod}"},
		"Grafana's own": {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder {
			return b.DataLinks(link("/d/x?${__url_time_range}&$__from"))
		}), ""},
		"another board's": {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.DataLinks(link("/d/x?var-pod=${instance}")) }), ""},
		"money and $1":    {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.Description("$1 and ${2} or ^a$") }), ""},
		"half a name":     {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.Description("$, ${, ${}, ${pod and $") }), ""},
		"the second":      {with(func(b *sdk.PanelBuilder) *sdk.PanelBuilder { return b.Description("${job} $$ ${instance:raw}$pod2.") }), "$pod2"},
		"a rank":          {board().Processes("instance", pods.Value(heap)).Row("Now").Line(4, panel.TimeSeries("a", about, scope.Value(heap))), "$pod"},
		"its own":         {board().Variable(panel.TextBox("pod", "")).Row("Now").Line(4, panel.Stat("a", about, pods.Value(heap).Max())), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.board.Build()
			if c.written == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			want := ": HERE: " + c.written + " names a variable that the board does not have: name one that it has ("
			if got := places(err); !strings.Contains(got, want) {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// A panel is left out only for what the target lacks, whatever it is called.
func TestLeftOut(t *testing.T) {
	without := scope.Lacking(func(name string) bool { return name == heap.Name })
	const title = "Heap, or nothing to show"
	missing := panel.Stat(title, about, without.Value(heap).Max())
	built, err := board().Row("Now").Line(4, missing, stat("b")).Row("Later").Line(4, missing).Build()
	if err != nil || len(built.Panels) != 2 || place(built.Panels[1]) != "b 0,1 24x4" {
		t.Errorf("%d panels, %v", len(built.Panels), err)
	}
	for name, mistaken := range map[string]builder{
		"a mistake":              panel.Stat(title, about, scope.Value(heap)),
		"left out and a mistake": panel.Stat(title, "", without.Value(heap).Max()),
		"the SDK's mistake": panel.Stat(title, about, scope.Value(heap).Max()).
			RecordError("nothing to show", fmt.Errorf("panel %q: wrong", title)),
	} {
		_, err := board().Row("Now").Line(4, mistaken, stat("b")).Build()
		if err == nil || !strings.Contains(err.Error(), title) || strings.Contains(err.Error(), panel.NothingToShow{}.Error()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the target lacks is marked nowhere.
func TestAnnotationLeftOut(t *testing.T) {
	without := scope.Lacking(func(name string) bool { return name == heap.Name })
	built, err := board().Annotation(panel.Annotation("Heap", without.Value(heap))).Row("Now").Line(4, stat("b")).Build()
	if err != nil || len(built.Annotations.List) != 0 {
		t.Errorf("%d annotations, %v", len(built.Annotations.List), err)
	}
}

// What a caller passes in is the caller's.
func TestArgumentsAreNotChanged(t *testing.T) {
	without := scope.Lacking(func(name string) bool { return name == heap.Name })
	columns := []panel.Column{panel.Col("heap", without.Value(heap)), panel.Col("GOGC", scope.Value(gogc))}
	shown := []panel.Shown{
		panel.Named("a", without.Value(heap).Max("instance")), panel.Named("b", scope.Value(gogc).Max("instance")).Colored("red"),
	}
	first, second := fmt.Sprint(columns), fmt.Sprint(shown)
	panel.Table("Table", about, columns...)
	panel.TimeSeries("Lines", about, shown...)
	panel.BarChart("Bars", about, shown...)
	if fmt.Sprint(columns) != first || fmt.Sprint(shown) != second {
		t.Errorf("changed to\n%v\n%v", columns, shown)
	}
}
