package server

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits of the listener. No client can hold a connection longer than needed.
const (
	readHeaderTime = 5 * time.Second
	readTime       = 10 * time.Second
	writeTime      = 20 * time.Second // from the header's arrival to the answer's end; maxLatency and maxLeakSlow are 7 s
	idleTime       = 90 * time.Second // more than a scrape interval, so that Prometheus keeps its connection
	maxHeader      = 16 << 10         // bytes

	shutdownTime = 9 * time.Second // one less than docker stop allows
)

// Serve answers requests on the listener until the context ends. Then it accepts no new connections, lets running
// requests finish, and returns nil. It returns an error if the listener fails, or if requests still ran after nine
// seconds and were cut off. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	web := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: readHeaderTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelWarn),
		// Without this, net/http answers "OPTIONS *" itself, uncounted.
		DisableGeneralOptionsHandler: true,
	}
	defer web.Close()
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("accepting connections on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := web.Shutdown(ctx); err != nil {
		return fmt.Errorf("stopping: requests still ran after %v and have been cut off: %w", shutdownTime, err)
	}
	return nil
}
