// App is the instrumented example service: a small shop. The boards are made from its /metrics. With -traffic it is
// not the shop but its clients. This package has flags, listening and stopping; the service itself is in app/server.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns 0 after a requested stop, and 2 after an error.
func run(args []string, stdout, stderr io.Writer) int {
	s, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		usage(stdout)
		return 0
	}
	if err == nil {
		err = start(s, slog.New(slog.NewTextHandler(stderr, nil)))
	}
	if err != nil {
		fmt.Fprintf(stderr, "app: %v\n", err)
		return 2
	}
	return 0
}

// start serves, or sends traffic, until SIGINT or SIGTERM.
func start(s settings, logger *slog.Logger) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, func() {
		stop() // The next signal has its default effect.
		logger.Info("stopping; another signal ends this at once")
	})()
	if s.traffic.URL != "" {
		s.traffic.Logger = logger
		logger.Info("sending traffic", "url", s.traffic.URL, "rate", s.traffic.Rate)
		return s.traffic.Run(ctx)
	}
	return serve(ctx, s, logger)
}

func serve(ctx context.Context, s settings, logger *slog.Logger) error {
	shop, err := server.New(prometheus.NewRegistry(), server.Options{
		Logger: logger, Seed: s.seed, Leak: s.leak, WithoutOTel: !s.otel,
	})
	if err != nil {
		return err
	}
	defer shop.Close()
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return fmt.Errorf("%w: choose another address with -listen", err)
	}
	if s.pprof != "" {
		profiles, err := servePprof(s.pprof, logger)
		if err != nil {
			_ = listener.Close()
			return err
		}
		defer profiles.Close()
	}
	logger.Info("listening", "address", listener.Addr().String())
	if err := shop.Serve(ctx, listener); err != nil {
		return err
	}
	logger.Info("stopped")
	return nil
}
