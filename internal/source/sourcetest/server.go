// Package sourcetest has a server with Prometheus's API for tests. It answers from an engine in memory, over loopback,
// and can be slow, busy or closed. It is no Prometheus: it has the questions that package source asks, and no more.
package sourcetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gaugewright/internal/engine"
)

// Server implements Prometheus's API over an engine.
type Server struct {
	Prefix  string // before /api/v1
	Warning string // the server's own warning, in each answer
	Pause   time.Duration
	// Refuse, where it is set, may write the answer itself, and then returns true.
	Refuse func(http.ResponseWriter, *http.Request) bool

	engine *engine.Engine

	running, most atomic.Int32
	mu            sync.Mutex
	seen          []string
}

// New returns the server of a small shop: up, a counter and a gauge, over the last five minutes.
func New() (*Server, error) {
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
		return nil, err
	}
	return &Server{engine: e}, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.running.Add(-1)
	if n := s.running.Add(1); n > s.most.Load() {
		s.most.Store(n)
	}
	time.Sleep(s.Pause)
	s.mu.Lock()
	s.seen = append(s.seen, r.URL.Path)
	s.mu.Unlock()
	if s.Refuse != nil && s.Refuse(w, r) {
		return
	}
	r.ParseForm()
	data, result, err := s.answer(r, strings.TrimPrefix(r.URL.Path, s.Prefix+"/api/v1"))
	answer := map[string]any{"status": "success", "data": data, "infos": result.Infos}
	if s.Warning != "" {
		result.Warnings = append(result.Warnings, s.Warning)
	}
	answer["warnings"] = result.Warnings
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		answer = map[string]any{"status": "error", "errorType": "bad_data", "error": err.Error()}
	}
	json.NewEncoder(w).Encode(answer)
}

func (s *Server) answer(r *http.Request, path string) (any, engine.Result, error) {
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

// Seen returns the requested paths.
func (s *Server) Seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// Most returns how many questions were asked at once.
func (s *Server) Most() int { return int(s.most.Load()) }
