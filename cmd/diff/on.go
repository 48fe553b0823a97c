package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"gaugewright/internal/diff"
	"gaugewright/internal/diff/values"
	"gaugewright/internal/input"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
	"gaugewright/internal/web"
)

const (
	usualRun = "dashboards/testdata/run.gz"
	span     = time.Hour        // of the data that is looked at, up to their end
	scrape   = 15 * time.Second // Grafana's own scrape interval for a data source that does not say
)

// onOptions are the options of -on.
type onOptions struct {
	name    string // a file or a URL; empty: nothing is evaluated
	isNamed bool
	server  *url.URL // nil for a file
	access  source.Access
}

func (on *onOptions) register(flags *flag.FlagSet) {
	flags.Func("on", "evaluate what changed on the data in this recorded run, or of the Prometheus at this `file or URL`; '' does not "+
		"(default "+usualRun+", where it is)", func(text string) error {
		on.name, on.isNamed = strings.TrimSpace(text), true
		return nil
	})
	on.access.Flags(flags, "-on URL")
}

// check reads the address and what logs in to it, and keeps secrets. It must come before anything is printed of them.
func (on *onOptions) check(secrets *web.Secrets) error {
	isServer := strings.HasPrefix(on.name, "http://") || strings.HasPrefix(on.name, "https://")
	if !isServer {
		if !on.access.IsEmpty() {
			return errors.New("-token-file, -header-file, -ca-file and -http-config are for -on URL")
		}
		return nil
	}
	u, err := source.Address(secrets, "-on", on.name)
	if err != nil {
		return err
	}
	on.access.User, u.User = u.User, nil
	on.server = u
	return on.access.Load(secrets)
}

// annotate says of the changes what they do to the numbers. The usual run is read only where there is something to
// evaluate.
func (on *onOptions) annotate(ctx context.Context, r *diff.Result) error {
	if on.isNamed && on.name == "" {
		return nil
	}
	if !on.isNamed {
		if _, err := os.Stat(usualRun); err != nil || len(r.Evaluable()) == 0 {
			return nil
		}
		on.name = usualRun
	}
	data, err := on.data(ctx)
	if err == nil {
		err = values.Annotate(ctx, r, data)
	}
	if err != nil {
		return fmt.Errorf("-on %w", err)
	}
	return nil
}

// data opens what is named.
func (on *onOptions) data(ctx context.Context) (values.Data, error) {
	if on.server != nil {
		server, err := source.Open(ctx, on.server, on.access)
		now := time.Now()
		return values.Data{Source: server, From: now.Add(-span), To: now, Scrape: scrape}, err
	}
	file, err := input.Open(on.name)
	if errors.Is(err, fs.ErrNotExist) {
		return values.Data{}, fmt.Errorf("%s: no such file: name a recorded run, or a Prometheus as http://host:port", on.name)
	}
	if err != nil {
		return values.Data{}, err
	}
	defer file.Close()
	run, err := recorded.Read(file)
	if err == nil && run.End.IsZero() {
		err = errors.New("it has no samples")
	}
	if err != nil {
		return values.Data{}, fmt.Errorf("%s: %w; name a recorded run, or a Prometheus as http://host:port", on.name, err)
	}
	return values.Data{Source: source.Memory{Engine: run.Engine}, From: run.End.Add(-span), To: run.End, Scrape: interval(run)}, nil
}

// interval returns the scrape interval of a run: the least time between two samples of a series.
func interval(run recorded.Run) time.Duration {
	least := scrape
	for _, s := range run.Engine.Stored() {
		for i := 1; i < len(s.Samples); i++ {
			if d := s.Samples[i].T.Sub(s.Samples[i-1].T); d > 0 {
				least = min(least, d)
			}
		}
	}
	return least
}

// shown names the data: a server without what logs in to it, or a file.
func (on *onOptions) shown() string {
	if on.server != nil {
		return on.server.String()
	}
	return report.Shown(on.name)
}
