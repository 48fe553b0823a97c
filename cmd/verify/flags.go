package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/observe"
	"gaugewright/internal/report"
	"gaugewright/internal/scrape"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
	"gaugewright/internal/web"
)

// options are the command line's options.
type options struct {
	targets     []observe.Page
	prometheus  *url.URL // without user and password
	access      source.Access
	boards      string
	rules       string
	tests       string
	variables   map[string][]string
	maxPage     scrape.Size
	honorLabels bool
	interval    time.Duration // 0: the one in the repository's prometheus.yml
	baseline    string
	record      bool
	format      string
	verbose     bool

	secrets web.Secrets
}

func parseArgs(args []string, stderr io.Writer) (*options, error) {
	o := &options{variables: map[string][]string{}, maxPage: scrape.DefaultMaxBytes}
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error
	var targets, prometheus string
	flags.StringVar(&targets, "target", "", "judge the running service with its metrics at this `URL`; several: URL,URL; "+
		"for another job than the first in "+verify.PrometheusFile+": JOB=URL")
	flags.Var(&o.maxPage, "max-page", "the largest page of a -target, in `bytes`, and with it the number of its samples and names")
	flags.BoolVar(&o.honorLabels, "honor-labels", false, "scrape each -target as with honor_labels: a job of the page's own stays "+
		"job, as for a Pushgateway or a federation")
	flags.StringVar(&prometheus, "prometheus", "", "ask the Prometheus, Thanos or Mimir at this `URL`")
	o.access.Flags(flags, "-prometheus")
	flags.StringVar(&o.boards, "boards", "", "the boards' `files`, JSON or YAML, a pattern such as 'boards/*.json'")
	flags.StringVar(&o.rules, "rules", "", "the rule `files`, a pattern such as 'rules/*.yml'")
	flags.StringVar(&o.tests, "tests", "", "run the rule tests in these `files`, a pattern such as 'testdata/*.yml'")
	flags.DurationVar(&o.interval, "interval", 0,
		"Grafana's scrape interval for the data source; by default that of "+verify.PrometheusFile+", else 15s")
	flags.StringVar(&o.baseline, "baseline", "", "the `file` of known findings: only others count")
	flags.BoolVar(&o.record, "record", false, "write the current findings to the baseline, and exit 0")
	flags.StringVar(&o.format, "format", "text", strings.Join(report.Formats, ", "))
	flags.BoolVar(&o.verbose, "v", false, "print every query: board, panel, query, series, samples, time")
	flags.Func("var", "`name=value` of a dashboard's variable; repeat it for several values", o.choose)
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stderr, usage)
		flags.SetOutput(stderr)
		flags.PrintDefaults()
	}
	if err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q: verify takes only flags; name a service with -target", flags.Arg(0))
	}
	return o, o.complete(targets, prometheus)
}

// named returns the patterns of the files.
func (o *options) named() verify.Named {
	return verify.Named{Boards: o.boards, Rules: o.rules, Tests: o.tests, OnlyTests: o.onlyTests(), Interval: o.interval,
		Variables: o.variables}
}

// onlyTests reports whether only rule tests are run.
func (o *options) onlyTests() bool {
	return o.tests != "" && o.targets == nil && o.prometheus == nil && o.boards == ""
}

func (o *options) choose(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return errors.New("write name=value")
	}
	o.variables[name] = append(o.variables[name], value)
	return nil
}

// complete checks the flags together.
func (o *options) complete(targets, prometheus string) error {
	switch {
	case targets != "" && prometheus != "":
		return errors.New("-target and -prometheus: name one")
	case !slices.Contains(report.Formats, o.format):
		return fmt.Errorf("-format %s: use %s", o.format, strings.Join(report.Formats, ", "))
	case o.record && o.baseline == "":
		return errors.New("-record: name the file with -baseline")
	case o.interval < 0:
		return fmt.Errorf("-interval %s: must not be negative", o.interval)
	}
	var err error
	if o.targets, err = observe.ParsePages(targets, &o.secrets); err == nil {
		o.prometheus, err = o.access.ParsePrometheus(prometheus, &o.secrets)
	}
	return err
}
