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

// mutexFraction is one of how many waits for a lock the mutex profile records: cheap, and enough to see the largest.
const mutexFraction = 100

// servePprof serves the profiles on a listener of their own until it is closed. A profile tells what is in memory, so
// it is not for everybody who reaches the API.
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

// pprofHandler has a mux of its own: the default one is open to whatever any package adds.
func pprofHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}
