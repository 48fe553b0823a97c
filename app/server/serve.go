package server

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// The limits of the listener. No client holds a connection for longer than it has use for it.
const (
	readHeaderTime = 5 * time.Second
	readTime       = 10 * time.Second
	writeTime      = 20 * time.Second // from the header's arrival to the answer's end; maxLatency and maxLeakSlow are 7 s
	idleTime       = 90 * time.Second // more than a scrape interval, so that Prometheus keeps its connection
	maxHeader      = 16 << 10         // bytes

	shutdownTime = 9 * time.Second // one less than docker stop allows
)

// Serve answers what comes in on the listener until the context ends, then takes no new connection, lets the requests that
// are being answered finish, and returns nil. It returns an error when the listener fails, or when requests still ran after
// nine seconds and were cut off. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	web := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: readHeaderTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelWarn),
		// Else net/http answers "OPTIONS *" itself, and it is not counted.
		DisableGeneralOptionsHandler: true,
	}
	defer web.Close()
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("taking connections on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := web.Shutdown(ctx); err != nil {
		return fmt.Errorf("stopping: requests still ran after %v and have been cut off: %w", shutdownTime, err)
	}
	return nil
}
