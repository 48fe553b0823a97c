package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gaugewright/internal/engine"
)

// prometheusStub implements Prometheus's API over an engine.
type prometheusStub struct {
	engine  *engine.Engine
	prefix  string
	warning string // the server's own warning, in each answer
	allow   func(*http.Request) bool
	pause   time.Duration

	running, most atomic.Int32
	mu            sync.Mutex
	seen          []string // requested paths
}

func newStub(t *testing.T) *prometheusStub {
	t.Helper()
	at := time.Now()
	series := func(name string, pairs ...string) engine.Series {
		labels := map[string]string{"__name__": name}
		for i := 0; i < len(pairs); i += 2 {
			labels[pairs[i]] = pairs[i+1]
		}
		s := engine.Series{Labels: labels}
		for i := range 31 {
			s.Samples = append(s.Samples, engine.Sample{T: at.Add(time.Duration(i-30) * 10 * time.Second), V: float64(i)})
		}
		return s
	}
	e, err := engine.New([]engine.Series{
		series("up", "job", "shop", "instance", "a"),
		series("shop_orders_total", "job", "shop", "path", "/orders/{id}"),
		series("shop_queue_length", "job", "shop"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &prometheusStub{engine: e, allow: func(*http.Request) bool { return true }}
}

func (s *prometheusStub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.running.Add(-1)
	if n := s.running.Add(1); n > s.most.Load() {
		s.most.Store(n)
	}
	time.Sleep(s.pause)
	s.mu.Lock()
	s.seen = append(s.seen, r.URL.Path)
	s.mu.Unlock()
	if !s.allow(r) {
		http.Error(w, "who are you? "+r.Header.Get("Authorization"), http.StatusUnauthorized)
		return
	}
	r.ParseForm()
	data, result, err := s.answer(r, strings.TrimPrefix(r.URL.Path, s.prefix+"/api/v1"))
	answer := map[string]any{"status": "success", "data": data, "infos": result.Infos}
	if s.warning != "" {
		result.Warnings = append(result.Warnings, s.warning)
	}
	answer["warnings"] = result.Warnings
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		answer = map[string]any{"status": "error", "errorType": "bad_data", "error": err.Error()}
	}
	json.NewEncoder(w).Encode(answer)
}

func (s *prometheusStub) answer(r *http.Request, path string) (any, engine.Result, error) {
	number := func(name string) float64 { n, _ := strconv.ParseFloat(r.Form.Get(name), 64); return n }
	at := func(name string) time.Time { return time.UnixMilli(int64(number(name) * 1000)) }
	label, isLabel := strings.CutSuffix(strings.TrimPrefix(path, "/label/"), "/values")
	switch {
	case path == "/query":
		result, err := s.engine.Instant(r.Context(), r.Form.Get("query"), at("time"))
		return map[string]any{"resultType": "vector", "result": wire(result, "value")}, result, err
	case path == "/query_range":
		step := time.Duration(number("step") * float64(time.Second))
		result, err := s.engine.Range(r.Context(), r.Form.Get("query"), at("start"), at("end"), step)
		return map[string]any{"resultType": "matrix", "result": wire(result, "values")}, result, err
	case path == "/series":
		series, err := s.engine.Series(r.Context(), r.Form.Get("match[]"), at("start"), at("end"))
		return series, engine.Result{}, err
	case isLabel:
		values, err := s.engine.LabelValues(r.Context(), r.Form.Get("match[]"), label, at("start"), at("end"))
		return values, engine.Result{}, err
	case path == "/rules":
		rule := func(name, health, problem string) map[string]any {
			return map[string]any{"type": "alerting", "name": name, "query": "up", "duration": 0, "labels": map[string]string{},
				"annotations": map[string]string{}, "alerts": []any{}, "health": health, "lastError": problem, "state": "inactive",
				"evaluationTime": 0, "lastEvaluation": time.Now()}
		}
		return map[string]any{"groups": []any{map[string]any{"name": "shop", "file": "f", "interval": 10, "rules": []any{
			rule("Well", "ok", ""), rule("Ill", "err", "many-to-many matching not allowed")}}}}, engine.Result{}, nil
	}
	return nil, engine.Result{}, fmt.Errorf("unexpected path: %s", path)
}

// wire returns a result as the API writes it.
func wire(result engine.Result, key string) []any {
	all := []any{}
	for _, s := range result.Series {
		var values []any
		for _, sample := range s.Samples {
			values = append(values, []any{float64(sample.T.UnixMilli()) / 1000, strconv.FormatFloat(sample.V, 'g', -1, 64)})
		}
		if key == "value" {
			all = append(all, map[string]any{"metric": s.Labels, key: values[0]})
		} else {
			all = append(all, map[string]any{"metric": s.Labels, key: values})
		}
	}
	return all
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
	stub.prefix, stub.pause = "/monitoring/prom", time.Millisecond
	server := httptest.NewServer(stub)
	defer server.Close()
	code, out, complaint := asked(t, server.URL+stub.prefix+"/")
	want := `b.json: Gone, query A: dead: there is no metric shop_gone
b.json: Remark, query A: remark: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "shop_queue_length" (1:6)
r.yml:1: Ill: broken: the server says: many-to-many matching not allowed
r.yml:1: New: not-loaded: the server has no such rule in group shop
1 board, 3 queries: 2 with data, 0 empty as expected, 1 dead; 3 rules: 0 dead; 4 findings; metrics: 2 of 2 used, 1 used but missing
`
	if code != 1 || out != want || complaint != "" {
		t.Errorf("exit %d, %s\n got %s\nwant %s", code, complaint, out, want)
	}
	for _, path := range stub.seen {
		if !strings.HasPrefix(path, stub.prefix+"/api/v1/") {
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
	want := `note: b.json: Week, query A: there are no samples yet for offset 1w
empty as expected: b.json: Alerts, query A: no alert that it asks for is pending or firing
empty as expected: b.json: Long, query A: nothing passes > 1000 now
b.json: Short, query A: dead: no answer over 5m, 1h, 24h: rate needs two samples, and the window of shop_orders_total[5s] does not hold them; correct the query, or say in the panel's "no value" text why it may be empty
1 board, 4 queries: 0 with data, 2 empty as expected, 1 not yet, 1 dead; 1 finding; metrics: 2 of 2 used, 0 used but missing
`
	if got := strings.ReplaceAll(out.String(), filepath.Dir(board)+"/", ""); code != 1 || got != want {
		t.Errorf("exit %d, %s\n got %s\nwant %s", code, &complaint, got, want)
	}
}

// TestQuestionsAtOnce: a server gets at most four questions at once, however many there are.
func TestQuestionsAtOnce(t *testing.T) {
	stub := newStub(t)
	stub.pause = 20 * time.Millisecond // long enough to see a fifth
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
	if most := stub.most.Load(); most > 4 || most < 2 {
		t.Errorf("%d questions at once", most)
	}
}

// TestPartialResponse: a server's remark on itself is a note, not a finding, and stays separate from PromQL's
// remarks.
func TestPartialResponse(t *testing.T) {
	stub := newStub(t)
	stub.warning = "No StoreAPIs matched for this query"
	server := httptest.NewServer(stub)
	defer server.Close()
	_, out, _ := asked(t, server.URL)
	if !strings.Contains(out, "note: b.json: Orders, query A: the server says: No StoreAPIs matched for this query (and 4 more like this)\n") ||
		strings.Contains(out, "remark: No StoreAPIs") {
		t.Error(out)
	}
}

// TestCredentials: token and headers go only to the named server, and are never printed.
func TestCredentials(t *testing.T) {
	stub := newStub(t)
	stub.allow = func(r *http.Request) bool {
		return r.Header.Get("Authorization") == "Bearer s3cret" && r.Header.Get("X-Scope-OrgID") == "shop"
	}
	server := httptest.NewServer(stub)
	defer server.Close()
	t.Setenv("PROMETHEUS_TOKEN", "s3cret")
	t.Setenv("PROMETHEUS_HEADERS", "X-Scope-OrgID: shop\nX-Api-Key: k3y")
	if code, out, complaint := asked(t, server.URL); code != 1 || complaint != "" {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}

	stub.allow = func(*http.Request) bool { return false }
	code, out, complaint := asked(t, server.URL)
	if code != 2 || !strings.Contains(complaint, "401") || !strings.Contains(complaint, "who are you? Bearer xxxxx") {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}

	var stolen []string
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stolen = append(stolen, r.Header.Get("Authorization"))
	}))
	defer thief.Close()
	lure := httptest.NewServer(http.RedirectHandler(thief.URL+"/?t=s3cret", http.StatusTemporaryRedirect))
	defer lure.Close()
	code, _, complaint = asked(t, lure.URL)
	if code != 2 || stolen != nil || strings.Contains(complaint, "s3cret") || !strings.Contains(complaint, "it redirects to "+thief.URL) {
		t.Errorf("exit %d, %q, the other server was given %q", code, complaint, stolen)
	}
}

// TestAccess: a token file, basic authentication in the address, and a certificate that needs -ca-file.
func TestAccess(t *testing.T) {
	stub := newStub(t)
	server := httptest.NewTLSServer(stub)
	defer server.Close()
	folder := t.TempDir()
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for name, text := range map[string]string{"ca": string(certificate), "token": "s3cret\n", "headers": "# none\nX-A: b\n", "bad": "X"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, complaint := asked(t, server.URL); code != 2 || !strings.Contains(complaint, "certificate") {
		t.Errorf("without the certificate: exit %d, %s", code, complaint)
	}
	stub.allow = func(r *http.Request) bool {
		return r.Header.Get("Authorization") == "Bearer s3cret" && r.Header.Get("X-A") == "b"
	}
	args := []string{"-ca-file", folder + "/ca", "-token-file", folder + "/token", "-header-file", folder + "/headers"}
	if code, out, complaint := asked(t, server.URL, args...); code != 1 || complaint != "" {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}
	stub.allow = func(r *http.Request) bool {
		user, password, _ := r.BasicAuth()
		return user == "me" && password == "hunter2"
	}
	withUser := strings.Replace(server.URL, "://", "://me:hunter2@", 1)
	if code, out, complaint := asked(t, withUser, "-ca-file", folder+"/ca"); code != 1 || complaint != "" {
		t.Errorf("exit %d, %s%s", code, out, complaint)
	}
	for flag, want := range map[string]string{
		"-token-file":  "-token-file: open " + folder + "/no",
		"-header-file": "-header-file: open " + folder + "/no",
		"-ca-file":     "-ca-file: open " + folder + "/no",
	} {
		if code, _, complaint := asked(t, server.URL, flag, folder+"/no"); code != 2 || !strings.Contains(complaint, want) {
			t.Errorf("exit %d, %s", code, complaint)
		}
	}
	if code, _, complaint := asked(t, server.URL, "-header-file", folder+"/bad"); code != 2 ||
		!strings.Contains(complaint, "line 1 of the headers: write Name: value") {
		t.Errorf("exit %d, %s", code, complaint)
	}
}

// TestNoPrometheus: a server that is not a Prometheus, or stops answering as one, gives a clear error.
func TestNoPrometheus(t *testing.T) {
	for want, handler := range map[string]http.HandlerFunc{
		"not a Prometheus API": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte("<!DOCTYPE html><html>Sign in</html>"))
		},
		"server error: 503: try later": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "try later", http.StatusServiceUnavailable)
		},
		"the answer has more than 64 MiB": func(w http.ResponseWriter, r *http.Request) {
			for page := make([]byte, 1<<20); r.Context().Err() == nil; {
				if _, err := w.Write(page); err != nil {
					return
				}
			}
		},
		"unexpected EOF": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.Write([]byte(`{"status"`))
		},
	} {
		server := httptest.NewServer(handler)
		code, out, complaint := asked(t, server.URL)
		server.Close()
		if code != 2 || out != "" || !strings.Contains(complaint, want) {
			t.Errorf("exit %d, %s%s; want %s", code, out, complaint, want)
		}
	}
}

// TestHungPrometheus: verify gives up on a server that does not answer.
func TestHungPrometheus(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // until it is read, the server does not notice that the client is gone
		<-r.Context().Done()
	}))
	defer server.Close()
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := newRemote(ctx, address, access{}); err == nil || !strings.Contains(err.Error(), "no answer") {
		t.Error(err)
	}
}
