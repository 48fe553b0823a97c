package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/source/sourcetest"
)

func newStub(t *testing.T) *sourcetest.Server {
	t.Helper()
	stub, err := sourcetest.New()
	if err != nil {
		t.Fatal(err)
	}
	return stub
}

const shopBoard = `{"uid": "shop", "templating": {"list": [{"type": "query", "name": "path", "includeAll": true,
	"query": "label_values(shop_orders_total{job=\"shop\"}, path)"}]}, "panels": [
	{"title": "Orders", "targets": [{"expr": "sum by (path) (rate(shop_orders_total{path=~\"$path\"}[$__rate_interval]))", "legendFormat": "{{path}}"}]},
	{"title": "Gone", "targets": [{"expr": "shop_gone"}]},
	{"title": "Remark", "targets": [{"expr": "rate(shop_queue_length[5m])", "instant": true}]}]}`

const shopRules = "groups: [{name: shop, rules: [{alert: Well, expr: up == 0, annotations: &what {description: Look.}}, {alert: Ill, expr: up == 0, annotations: *what}, {alert: New, expr: up == 0, annotations: *what}]}]"

// asked runs the command against a server, with the shop's board and rules. It returns everything printed.
func asked(t *testing.T, server string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{"b.json": shopBoard, "r.yml": shopRules} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args = append([]string{"-prometheus", server, "-boards", folder + "/b.json", "-rules", folder + "/r.yml"}, args...)
	var out, err bytes.Buffer
	code = run(args, &out, &err)
	return code, strings.ReplaceAll(out.String(), folder+"/", ""), err.String()
}

func TestPrometheus(t *testing.T) {
	stub := newStub(t)
	stub.Prefix, stub.Pause = "/monitoring/prom", time.Millisecond
	server := httptest.NewServer(stub)
	defer server.Close()
	code, out, complaint := asked(t, server.URL+stub.Prefix+"/")
	want := `note: b.json:5: Remark, query A: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "shop_queue_length" (1:6)
b.json:4: Gone, query A: dead: there is no metric shop_gone
r.yml:1: Ill: broken: the server says: many-to-many matching not allowed
r.yml:1: New: not-loaded: the server has no such rule in group shop
1 board, 3 queries: 2 with data, 0 empty as expected, 1 dead; 3 rules: 0 dead; 3 findings; metrics: 2 of 2 used, 1 used but missing
`
	if code != 1 || out != want || complaint != "" {
		t.Errorf("exit %d, %s\n got %s\nwant %s", code, complaint, out, want)
	}
	for _, path := range stub.Seen() {
		if !strings.HasPrefix(path, stub.Prefix+"/api/v1/") {
			t.Errorf("asked %s: the prefix is lost", path)
		}
	}
}

// TestQuietServer: on a server too, what the moment explains is no finding: no alert fires, nothing passes a comparison,
// the series are younger than what a query looks back at. A window that is too short is one.
func TestQuietServer(t *testing.T) {
	server := httptest.NewServer(newStub(t))
	defer server.Close()
	board := filepath.Join(t.TempDir(), "b.json")
	if err := os.WriteFile(board, []byte(`{"panels": [
		{"title": "Alerts", "targets": [{"expr": "sum(ALERTS{alertstate=\"firing\"}) by (alertname)"}]},
		{"title": "Long", "targets": [{"expr": "shop_queue_length > 1000", "instant": true}]},
		{"title": "Week", "targets": [{"expr": "shop_queue_length - shop_queue_length offset 1w"}]},
		{"title": "Short", "targets": [{"expr": "rate(shop_orders_total[5s])"}]}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, complaint bytes.Buffer
	code := run([]string{"-prometheus", server.URL, "-boards", board}, &out, &complaint)
	want := `note: b.json:4: Week, query A: there are no samples yet for offset 1w
empty as expected: b.json: Alerts, query A: no such alert is pending or firing
empty as expected: b.json: Long, query A: nothing passes > 1000 now
b.json:5: Short, query A: dead: no answer over 5m, 1h, 24h: rate needs two samples, and the window of shop_orders_total[5s] does not hold them; correct the query, or say in the panel's "no value" text why it may be empty
1 board, 4 queries: 0 with data, 2 empty as expected, 1 not yet, 1 dead; 1 finding; metrics: 2 of 2 used, 0 used but missing
`
	if got := strings.ReplaceAll(out.String(), filepath.Dir(board)+"/", ""); code != 1 || got != want {
		t.Errorf("exit %d, %s\n got %s\nwant %s", code, &complaint, got, want)
	}
}

// TestQuestionsAtOnce: a server gets at most four questions at once, however many there are.
func TestQuestionsAtOnce(t *testing.T) {
	stub := newStub(t)
	stub.Pause = 20 * time.Millisecond // long enough to see a fifth
	server := httptest.NewServer(stub)
	defer server.Close()
	var panels []string
	for i := range 16 {
		panels = append(panels, fmt.Sprintf(`{"title": "%d", "targets": [{"expr": "shop_queue_length + %d"}]}`, i, i))
	}
	board := filepath.Join(t.TempDir(), "b.json")
	if err := os.WriteFile(board, []byte(`{"panels": [`+strings.Join(panels, ",")+`]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, complaint bytes.Buffer
	if code := run([]string{"-prometheus", server.URL, "-boards", board}, &out, &complaint); code != 0 {
		t.Fatalf("exit %d, %s%s", code, &out, &complaint)
	}
	if most := stub.Most(); most > 4 || most < 2 {
		t.Errorf("%d questions at once", most)
	}
}

// TestPartialResponse: a server's remark on itself is a note, not a finding, and stays separate from PromQL's
// remarks.
func TestPartialResponse(t *testing.T) {
	stub := newStub(t)
	stub.Warning = "No StoreAPIs matched for this query"
	server := httptest.NewServer(stub)
	defer server.Close()
	_, out, _ := asked(t, server.URL)
	if !strings.Contains(out, "note: b.json:3: Orders, query A: the server says: No StoreAPIs matched for this query (and 4 more like this)\n") ||
		strings.Contains(out, "remark: No StoreAPIs") {
		t.Error(out)
	}
}
