package engine

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gaugewright/internal/scrape"
)

func BenchmarkScrape(b *testing.B) {
	recorder := httptest.NewRecorder()
	app(b, 1, 1).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	families, err := scrape.Read(recorder.Body, recorder.Header().Get("Content-Type"))
	if err != nil {
		b.Fatal(err)
	}
	e := empty(b)
	nth := 0
	for b.Loop() {
		nth++
		e.Scrape(start.Add(time.Duration(nth)*10*time.Second), map[string]string{"job": "j"}, families, nil, 0)
	}
}

// BenchmarkRange runs a panel's query over an hour of scrapes of one instance.
func BenchmarkRange(b *testing.B) {
	service := app(b, 360, 1)
	e := empty(b)
	for i := range 360 {
		recorder := httptest.NewRecorder()
		service.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		families, err := scrape.Read(recorder.Body, recorder.Header().Get("Content-Type"))
		e.Scrape(start.Add(time.Duration(i)*10*time.Second), map[string]string{"job": "j"}, families, err, 0)
	}
	const query = `histogram_quantile(0.95, sum by (le, path) (rate(api_http_request_duration_seconds_bucket[1m])))`
	for b.Loop() {
		got, err := e.Range(b.Context(), query, start, start.Add(time.Hour), 15*time.Second)
		if err != nil || len(got.Series) == 0 {
			b.Fatal(got, err)
		}
	}
}
