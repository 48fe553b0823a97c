package dashboards_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"gaugewright/app/server"
	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// pods is a target whose processes have Kubernetes' labels.
func pods() dashboards.Target {
	t := dashboards.App
	t.Identity = []metric.Label{"cluster", "namespace", "pod"}
	return t
}

// targets are the targets of every board in these tests.
var targets = map[string]dashboards.Target{
	"job and instance":           dashboards.App,
	"cluster, namespace and pod": pods(),
	"demo":                       dashboards.App.Demo(),
}

// build makes all boards for a target.
func build(t testing.TB, target dashboards.Target) []dashboard.Dashboard {
	t.Helper()
	var boards []dashboard.Dashboard
	for _, board := range dashboards.All {
		built, err := board(target).Build()
		if err != nil {
			t.Fatal(err)
		}
		boards = append(boards, built)
	}
	return boards
}

// asked is a query and its panel.
type asked struct {
	board dashboard.Dashboard
	panel dashboard.Panel
	query prometheus.Dataquery
}

// String is the query's place for a reader.
func (a asked) String() string {
	ref := ""
	if a.query.RefId != nil {
		ref = " " + *a.query.RefId
	}
	return fmt.Sprintf("%s, %q%s: %s", *a.board.Uid, *a.panel.Title, ref, a.query.Expr)
}

// queries are all queries of the boards, with those of the annotations.
func queries(t testing.TB, target dashboards.Target) []asked {
	t.Helper()
	var all []asked
	for _, board := range build(t, target) {
		for _, p := range panels(board) {
			for _, q := range p.Targets {
				all = append(all, asked{board, p, q.(prometheus.Dataquery)})
			}
		}
		for _, a := range board.Annotations.List {
			title := "annotation " + a.Name
			all = append(all, asked{board, dashboard.Panel{Title: &title}, prometheus.Dataquery{Expr: *a.Expr}})
		}
	}
	return all
}

// panels are the board's panels without the titles of its rows.
func panels(board dashboard.Dashboard) []dashboard.Panel {
	var panels []dashboard.Panel
	for _, p := range board.Panels {
		if p.Panel != nil {
			panels = append(panels, *p.Panel)
		}
	}
	return panels
}

func parse(t testing.TB, a asked) *query.Query {
	t.Helper()
	q, err := query.Parse(a.query.Expr)
	if err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	return q
}

// page is the page of the running app after some traffic, scraped once, since no test changes it.
func page(t testing.TB) []scrape.Family {
	t.Helper()
	appPage.once.Do(func() {
		patient := server.Options{Seed: 1, Wait: func(context.Context, time.Duration) error { return nil }}
		appPage.families = pageOf(t, ours(patient)(t))
	})
	return appPage.families
}

var appPage struct {
	once     sync.Once
	families []scrape.Family
}

// pageOf is what a service exposes after some traffic.
func pageOf(t testing.TB, handler http.Handler) []scrape.Family {
	t.Helper()
	service := httptest.NewServer(handler)
	t.Cleanup(service.Close)
	for range 50 {
		for _, path := range []string{"/products", "/products/1", "/orders", "/nowhere", "/health"} {
			answer, err := http.Get(service.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		}
	}
	runtime.GC() // before the first, there is no time since the last
	families, err := scrape.Fetch(t.Context(), nil, service.URL+"/metrics")
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// A board has one name in three spellings: func GC, uid go-gc, and the file that provision names after the uid.
func TestNames(t *testing.T) {
	for i, board := range build(t, dashboards.App) {
		function := runtime.FuncForPC(reflect.ValueOf(dashboards.All[i]).Pointer()).Name()
		function = function[strings.LastIndex(function, ".")+1:]
		if got := strings.ReplaceAll(*board.Uid, "-", ""); got != "go"+strings.ToLower(function) {
			t.Errorf("func %s has uid %s, want go- and the function's name", function, *board.Uid)
		}
	}
}

// Every board states its question, links to the others, and keeps the reader's choices.
func TestHeads(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		if !strings.HasSuffix(*board.Description, "?") {
			t.Errorf("%s asks no question: %q", *board.Uid, *board.Description)
		}
		if len(board.Links) != 1 || !board.Links[0].KeepTime || !board.Links[0].IncludeVars ||
			!slices.Contains(board.Tags, board.Links[0].Tags[0]) {
			t.Errorf("%s does not lead to the others: links %+v, tags %v", *board.Uid, board.Links, board.Tags)
		}
	}
}

// A description says what is shown and what to do about it, in at least two sentences.
func TestDescriptions(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		for _, p := range panels(board) {
			if p.Description == nil || strings.Count(*p.Description, ". ")+strings.Count(*p.Description, ": ") == 0 {
				t.Errorf("%s: %q tells what it shows or what to do, not both", *board.Uid, *p.Title)
			}
		}
	}
}

func TestVariables(t *testing.T) {
	for name, c := range map[string]struct {
		target dashboards.Target
		want   []string
	}{
		"job and instance": {dashboards.App, []string{
			`label_values(up{job="myapp"}, job)`, `label_values(up{job=~"$job"}, instance)`,
		}},
		"pods": {pods(), []string{
			`label_values(up{job="myapp"}, job)`, `label_values(up{job=~"$job"}, cluster)`,
			`label_values(up{cluster=~"$cluster",job=~"$job"}, namespace)`,
			`label_values(up{cluster=~"$cluster",job=~"$job",namespace=~"$namespace"}, pod)`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, v := range build(t, c.target)[0].Templating.List {
				if v.Type == "query" && !strings.HasPrefix(v.Name, "worst_") {
					got = append(got, *v.Query.String)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// "All" jobs are the target's, never every job of the server.
func TestAllJobsAreTheTargets(t *testing.T) {
	for _, board := range build(t, dashboards.App) {
		for _, v := range board.Templating.List {
			if v.Name == "job" && v.AllValue != nil {
				t.Errorf("%s: All is %q", *board.Uid, *v.AllValue)
			}
		}
	}
}

// A link in a row selects the row's values and keeps the other choices.
func TestRowLinks(t *testing.T) {
	want := map[string]string{
		"Memory of this process": `/d/go-memory?${__url_time_range}&${datasource:queryparam}` +
			`&var-job=${__data.fields["job"]}&var-instance=${__data.fields["instance"]}`,
		"Show this path alone": `/d/go-http?${__url_time_range}&${datasource:queryparam}` +
			`&var-path=${__data.fields["path"]}&${job:queryparam}`,
	}
	for _, board := range build(t, dashboards.App) {
		for _, p := range panels(board) {
			if p.FieldConfig == nil {
				continue
			}
			for _, link := range rowLinks(p) {
				title := link["title"].(string)
				if url, ok := want[title]; ok && link["url"] != url {
					t.Errorf("%q leads to\n%s, want\n%s", title, link["url"], url)
				}
				delete(want, title)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("no panel has the links %v", want)
	}
}

// rowLinks are the links of a table's cells.
func rowLinks(p dashboard.Panel) []map[string]any {
	var links []map[string]any
	for _, override := range p.FieldConfig.Overrides {
		for _, property := range override.Properties {
			if property.Id == "links" {
				links = append(links, property.Value.([]map[string]any)...)
			}
		}
	}
	return links
}
