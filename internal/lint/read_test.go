package lint

import (
	"fmt"
	"reflect"
	"testing"
)

// TestTogether: what is read once and linted in two versions of a repository is found as if each was read by itself.
func TestTogether(t *testing.T) {
	same := append(benchBoards(2),
		Source{Path: "boards/sold.json", Data: []byte(`{"uid": "sold", "title": "Sold", "panels": [{"id": 1, "title": "Sold", "type": "timeseries",
			"targets": [{"refId": "A", "expr": "rate(job:sold[5m])"}, {"refId": "B", "expr": "sum by (path) (job:sold)"}]}]}`)},
		Source{Path: "broken.json", Data: []byte(`{`)})
	versions := [][]Source{
		{{Path: "rules.yml", Data: []byte("groups: [{name: g, rules: [{record: 'job:sold', expr: 'sum by (job) (rate(sold_total[5m]))'}]}]")}},
		{{Path: "rules.yml", Data: []byte("groups: [{name: g, rules: [{record: 'job:sold', expr: 'sum by (path) (sold_total)'}]}]")},
			{Path: "boards/b1.json", Data: []byte(`{"uid": "b1", "title": "Other", "panels": []}`)}},
	}
	once := Read(same)
	var found []int
	for _, version := range versions {
		together := Together(once, Read(version))
		apart := Read(append(append([]Source{}, same...), version...))
		got, want := Lint(together, NewMetrics()), Lint(apart, NewMetrics())
		if len(together.Unread) != 1 || !reflect.DeepEqual(told(got), told(want)) || !reflect.DeepEqual(got.Skipped, want.Skipped) {
			t.Errorf("%d files unread, found\n%q\nwant\n%q", len(together.Unread), told(got), told(want))
		}
		found = append(found, len(got.Findings))
	}
	if found[0] == found[1] {
		t.Errorf("the versions have the same number of findings, %d: the test shows nothing", found[0])
	}
}

func told(r *Result) (all []string) {
	for _, f := range r.Findings {
		all = append(all, Text(f))
	}
	return all
}

// TestOverALimit: a query that is too large for us is skipped, and a rule is named as not read. Prometheus may well read them.
func TestOverALimit(t *testing.T) {
	const large = `up{job=~"(a{900})(b{900})"}`
	files := Read([]Source{
		{Path: "rules.yml", Data: []byte("groups: [{name: g, rules: [{record: 'a:b', expr: '" + large + "'}, {record: 'job:sold', expr: 'sum by (job) (rate(sold_total[5m]))'}]}]")},
		{Path: "boards/a.json", Data: fmt.Appendf(nil, `{"uid": "a", "title": "A", "panels": [{"id": 1, "title": "Up", "description": "a", "type": "timeseries",
			"fieldConfig": {"defaults": {"unit": "short"}}, "targets": [{"refId": "A", "legendFormat": "a", "expr": %q}]}]}`, large)},
	})
	r := Lint(files, NewMetrics())
	const why = "its regexes have a weight of 1800, by their counts, classes and groups; more than 1000, the limit of a query"
	skipped := Skipped{Rule: "parse", Lack: NotAll, Of: []string{"boards/a.json: Up (id 1), query A: " + why}}
	if len(r.Findings) != 0 || len(r.Skipped) == 0 || !reflect.DeepEqual(r.Skipped[0], skipped) {
		t.Errorf("findings %q, skipped %q", told(r), r.Skipped)
	}
	if len(files.Unread) != 1 || files.Unread[0].Text != "line 1: record a:b is not read: 1:27: "+why || r.Rules != 1 {
		t.Errorf("%d rules read, not read: %v", r.Rules, files.Unread)
	}
}
