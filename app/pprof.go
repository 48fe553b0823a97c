package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"runtime"
	"time"
)

// mutexFraction: the mutex profile records one in so many waits for a lock. That is cheap, and enough to see the
// largest.
const mutexFraction = 100

// servePprof serves the profiles on their own listener until it is closed. A profile shows what is in memory, so it
// is not for everybody who can reach the API.
func servePprof(address string, logger *slog.Logger) (io.Closer, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%w: choose another address with -pprof", err)
	}
	web := &http.Server{
		Handler:           pprofHandler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      2 * time.Minute, // net/http/pprof refuses a profile that takes longer than this
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	runtime.SetMutexProfileFraction(mutexFraction)
	logger.Info("serving profiles", "address", listener.Addr().String(), "path", "/debug/pprof/")
	go func() { _ = web.Serve(listener) }()
	return web, nil
}

// pprofHandler has its own mux: any package may add handlers to the default one.
func pprofHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}
