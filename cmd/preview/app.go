package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/internal/inprocess"
	"gaugewright/internal/observe"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/preview/picture"
)

// The service that is shown by default: as many instances, and as many requests a second to each, as in the recorded run
// that it continues.
const (
	instances = 2
	rate      = 25
)

// app is this repository's service in this process, with traffic.
type app struct {
	pages    []observe.Page
	services []*server.Server
}

// startApp starts the service and its traffic, which ends with the context.
func startApp(ctx context.Context) (*app, error) {
	a := &app{}
	for i := range instances {
		service, err := server.New(prometheus.NewRegistry(), server.Options{Seed: uint64(i)})
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("http://app-%d:8000", i+1)
		client := inprocess.Client(service.Handler())
		a.services = append(a.services, service)
		a.pages = append(a.pages, observe.Page{Client: client, URL: name + "/metrics"})
		traffic := server.Traffic{URL: name, Rate: rate, Client: client, Seed: uint64(i)}
		go func() { _ = traffic.Run(ctx) }() // its only errors are a bad address and a bad rate
	}
	return a, nil
}

func (a *app) close() {
	for _, service := range a.services {
		service.Close()
	}
}

// before returns a history that begins with the recorded run, where there is one.
func before(options observe.Options, now time.Time) (h *observe.History, isRecorded bool, err error) {
	file, err := os.Open(picture.Run)
	if errors.Is(err, fs.ErrNotExist) {
		h, err = observe.New(options)
		return h, false, err
	}
	if err != nil {
		return nil, false, err
	}
	defer file.Close()
	run, err := recorded.Read(file)
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", picture.Run, err)
	}
	h, err = observe.Resume(options, run.Engine, run.End, now)
	return h, true, err
}
