package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"

	"gaugewright/app/server"
)

// settings are the command line's options.
type settings struct {
	listen  string
	pprof   string // with a host; empty for none
	seed    uint64
	otel    bool
	leak    server.Leak
	traffic server.Traffic // its URL is empty if this is the shop
}

// define makes the flags that fill s. The seeds differ at each start.
func define(s *settings) *flag.FlagSet {
	s.seed = rand.Uint64()
	s.traffic.Seed = s.seed
	f := flag.NewFlagSet("app", flag.ContinueOnError)
	f.SetOutput(io.Discard) // run prints the error, once.
	f.StringVar(&s.listen, "listen", ":8000", "`address` of the API, /health and /metrics")
	f.StringVar(&s.pprof, "pprof", "",
		"`address` or port of the profiler, on 127.0.0.1 unless a host is given; off by default")
	f.BoolVar(&s.otel, "otel", true, "expose OpenTelemetry's metrics of the Go runtime too")
	f.IntVar(&s.leak.Memory, "leak-memory", 0, "`bytes` kept by each order request, up to 512 MiB in all")
	f.IntVar(&s.leak.Goroutines, "leak-goroutines", 0,
		"`number` of goroutines left behind by each order request, up to 20,000 in all")
	f.Float64Var(&s.leak.Errors, "leak-errors", 0, "`share` of requests that answer 500, from 0 to 1")
	f.DurationVar(&s.leak.Slow, "leak-slow", 0, "`duration` added to each request, up to 5s")
	f.StringVar(&s.traffic.URL, "traffic", "", "serve nothing; send requests to the app at this `URL`")
	f.Float64Var(&s.traffic.Rate, "rate", 40, "with -traffic: `requests` a second")
	return f
}

func usage(w io.Writer) {
	fmt.Fprint(w, "usage: app [flags], or app -traffic URL [-rate N]\n\n")
	f := define(&settings{})
	f.SetOutput(w)
	f.PrintDefaults()
}

func parse(args []string) (settings, error) {
	var s settings
	f := define(&s)
	if err := f.Parse(args); err != nil {
		return settings{}, fmt.Errorf("%w: see app -h", err)
	}
	if f.NArg() > 0 {
		return settings{}, fmt.Errorf("unexpected argument %q: the app takes only flags: see app -h", f.Arg(0))
	}
	if err := oneMode(f, s.traffic.URL != ""); err != nil {
		return settings{}, err
	}
	if s.pprof != "" {
		var err error
		if s.pprof, err = pprofAddress(s.pprof, s.listen); err != nil {
			return settings{}, err
		}
	}
	return s, nil
}

// oneMode refuses flags that would have no effect: they are a mistake.
func oneMode(f *flag.FlagSet, traffic bool) error {
	var err error
	f.Visit(func(given *flag.Flag) {
		switch {
		case traffic && given.Name != "traffic" && given.Name != "rate":
			err = fmt.Errorf("-%s is for the app that serves: leave it out with -traffic", given.Name)
		case !traffic && (given.Name == "traffic" || given.Name == "rate"):
			err = fmt.Errorf("-%s needs -traffic URL", given.Name)
		}
	})
	return err
}

// pprofAddress adds the loopback address if there is no host. It refuses the API's port, which is open to everybody.
func pprofAddress(address, listen string) (string, error) {
	if !strings.Contains(address, ":") {
		address = ":" + address
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", fmt.Errorf("-pprof: %w", err)
	}
	number, err := net.LookupPort("tcp", port)
	if err != nil {
		return "", fmt.Errorf("-pprof: %w", err)
	}
	_, other, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("-listen: %w", err)
	}
	if taken, err := net.LookupPort("tcp", other); err == nil && taken == number && number != 0 {
		return "", fmt.Errorf("-pprof %s: the API is on port %d: choose another port", address, number)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
