package server

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// The limits of the listener. No client holds a connection for longer than it has use for it.
const (
	readHeaderTime = 5 * time.Second
	readTime       = 10 * time.Second
	writeTime      = 20 * time.Second // from the header's arrival to the answer's end; maxLatency and maxLeakSlow are 7 s
	idleTime       = 90 * time.Second // more than a scrape interval, so that Prometheus keeps its connection
	maxHeader      = 16 << 10         // bytes

	shutdownTime = 9 * time.Second        // one less than docker stop allows
	lingerTime   = 500 * time.Millisecond // more than a request needs on its way here
)

// Serve answers what comes in on the listener until the context ends, then stops without dropping a request: it takes
// no new connection, says goodbye with each answer, lets what is running finish, and returns nil. It returns an error
// when the listener fails, or when requests still ran after nine seconds and were cut off. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	var leaving atomic.Bool
	web := &http.Server{
		Handler:           farewell(s.handler, &leaving),
		ReadHeaderTimeout: readHeaderTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelWarn),
		// Else net/http answers "OPTIONS *" itself, and it is not counted.
		DisableGeneralOptionsHandler: true,
	}
	defer listener.Close()
	listener = patient(listener)
	accepting := make(chan error, 1)
	go func() { accepting <- web.Serve(listener) }()
	select {
	case err := <-accepting:
		_ = web.Close()
		return fmt.Errorf("taking connections on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	leaving.Store(true)
	_ = listener.Close()
	<-accepting
	return drain(web)
}

// drain ends a server whose listener is closed. Shutdown closes idle connections at once, also those on which a request
// is on its way; so for a moment before that, connections stay open and whoever uses one is told to leave.
func drain(web *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	_ = sleep(ctx, lingerTime)
	if err := web.Shutdown(ctx); err != nil {
		_ = web.Close()
		return fmt.Errorf("stopping: requests still ran after %v and have been cut off: %w", shutdownTime, err)
	}
	return nil
}

// farewell closes each connection with its next answer once leaving is set.
func farewell(next http.Handler, leaving *atomic.Bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&farewellWriter{ResponseWriter: w, leaving: leaving}, r)
	})
}

// farewellWriter looks at leaving as late as it can, when the header goes out: the request may have come long before.
type farewellWriter struct {
	http.ResponseWriter
	leaving *atomic.Bool
	begun   bool
}

func (w *farewellWriter) WriteHeader(status int) {
	w.begun = true
	if w.leaving.Load() {
		w.Header().Set("Connection", "close")
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *farewellWriter) Write(p []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap gives http.ResponseController the writer's other abilities.
func (w *farewellWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
