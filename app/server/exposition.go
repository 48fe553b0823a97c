package server

import (
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"
)

// Limits of /metrics. A page and the families that it is made of are kept until the client has read it.
const (
	maxScrapes = 8               // at a time: some replicas of Prometheus, and people
	scrapeTime = 5 * time.Second // for gathering and writing a page: half a scrape interval
)

// exposition returns the handler of /metrics. Its own metrics, promhttp_*, are in the registry too.
func exposition(registry *prometheus.Registry, logger *slog.Logger) http.Handler {
	return promhttp.InstrumentMetricHandler(registry, few(promhttp.HandlerFor(serial(registry), promhttp.HandlerOpts{
		Registry:          registry,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelError),
		EnableOpenMetrics: true,
	})))
}

// few lets only some scrapes run at a time, and none for long, so that clients that do not read cannot use up the
// memory. promhttp has such limits too. But it keeps the connections of those that it refuses, and its Timeout buffers
// the pages without a limit on their number.
func few(scrapes http.Handler) http.Handler {
	free := make(chan struct{}, maxScrapes)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case free <- struct{}{}:
			defer func() { <-free }()
		default:
			w.Header().Set("Connection", "close")
			w.Header().Set("Retry-After", "1")
			writeError(w, http.StatusServiceUnavailable, "too many scrapes at a time")
			return
		}
		// Its error is that there is no connection, as in tests.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(scrapeTime))
		scrapes.ServeHTTP(w, r)
	})
}

// serial lets only one scrape gather at a time: a second one would overwrite the histogram of OpenTelemetry's
// runtime.Producer.
func serial(registry *prometheus.Registry) prometheus.Gatherer {
	var mu sync.Mutex
	return prometheus.GathererFunc(func() ([]*dto.MetricFamily, error) {
		mu.Lock()
		defer mu.Unlock()
		return registry.Gather()
	})
}
