// Command shop is a small, ordinary service: client_golang's default registry, and metric names of its own.
package main

import (
	"flag"
	"log"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var (
	requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "http_requests_total"}, []string{"code", "handler"})
	duration = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "http_request_duration_seconds"}, []string{"handler"})
	takings  = promauto.NewCounter(prometheus.CounterOpts{Name: "shop_takings_euros_total", Help: "What was sold for."})
)

func main() {
	listen := flag.String("listen", "localhost:8080", "the host:port to serve on")
	flag.Parse()
	for _, code := range []string{"200", "400", "500"} {
		requests.WithLabelValues(code, "/buy") // start at 0: a rate does not see an error that a series starts with
	}
	duration.WithLabelValues("/buy")
	buy := prometheus.Labels{"handler": "/buy"}
	http.Handle("/buy", promhttp.InstrumentHandlerCounter(requests.MustCurryWith(buy), promhttp.InstrumentHandlerDuration(
		duration.MustCurryWith(buy), http.HandlerFunc(func(http.ResponseWriter, *http.Request) { takings.Add(19.90) }))))
	http.Handle("/metrics", promhttp.Handler())
	log.Fatal(http.ListenAndServe(*listen, nil))
}
