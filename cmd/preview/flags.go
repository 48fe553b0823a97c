package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"

	"gaugewright/internal/observe"
	"gaugewright/internal/preview/picture"
	"gaugewright/internal/scrape"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
	"gaugewright/internal/web"
)

// options are the command line's options.
type options struct {
	boards, rules string
	read          string // the stamp of these files when they were read
	targets       []observe.Page
	prometheus    *url.URL // without user and password
	access        source.Access
	maxPage       scrape.Size

	listen  string
	watch   bool
	alerts  bool
	svg     string
	check   bool
	json    bool
	support bool

	secrets web.Secrets
}

// usualAddress is where the page is without -listen.
const usualAddress = "127.0.0.1:8080"

func parseArgs(args []string, stderr io.Writer) (*options, error) {
	o := &options{maxPage: scrape.DefaultMaxBytes}
	flags := flag.NewFlagSet("preview", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error
	var targets, prometheus string
	flags.StringVar(&o.boards, "boards", "", "the boards' `files`, JSON or YAML, a pattern such as 'boards/*.json'")
	flags.StringVar(&o.rules, "rules", "", "the rule `files`, a pattern such as 'rules/*.yml'")
	flags.StringVar(&targets, "target", "", "show the running service with its metrics at this `URL`; several: URL,URL; "+
		"for another job than the first in "+verify.PrometheusFile+": JOB=URL")
	flags.Var(&o.maxPage, "max-page", "the largest page of a -target, in `bytes`, and with it the number of its samples and names")
	flags.StringVar(&prometheus, "prometheus", "", "ask the Prometheus, Thanos or Mimir at this `URL`")
	o.access.Flags(flags, "-prometheus")
	flags.StringVar(&o.listen, "listen", usualAddress, "the `address` of the page; if its port is taken, the next free one")
	flags.BoolVar(&o.watch, "watch", false, "show each saved change to the Go files in "+goFiles+"/")
	flags.BoolVar(&o.alerts, "alerts", false, "print which alerts would be pending or firing now, since when, and exit")
	flags.StringVar(&o.svg, "svg", "", "write a picture of each board into this `folder`, of the recorded run, and exit")
	flags.BoolVar(&o.check, "check", false, "name the pictures that are stale, and exit; by default those in "+picture.Folder)
	flags.BoolVar(&o.json, "json", false, "print what is not drawn as Grafana draws it; with -support, the table")
	flags.BoolVar(&o.support, "support", false, "print the table of what is drawn, and exit")
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
		return o, fmt.Errorf("%q: preview takes only flags; name boards with -boards", flags.Arg(0))
	}
	if o.targets, err = observe.ParsePages(targets, &o.secrets); err != nil {
		return o, err
	}
	if o.prometheus, err = o.access.ParsePrometheus(prometheus, &o.secrets); err != nil {
		return o, err
	}
	return o, o.together()
}

// together checks the flags together.
func (o *options) together() error {
	isElsewhere := o.targets != nil || o.prometheus != nil
	switch {
	case o.targets != nil && o.prometheus != nil:
		return errors.New("-target and -prometheus: name one")
	case o.draws() && isElsewhere:
		return errors.New("-svg, -check and -json draw the recorded run: leave out -target and -prometheus")
	case o.draws() && (o.watch || o.alerts), o.watch && o.alerts:
		return errors.New("-watch, -alerts, and -svg with -check and -json: name one")
	case o.watch && o.boards != "":
		return errors.New("-watch shows the boards in Go: leave out -boards; files that -boards names are watched anyway")
	}
	return nil
}

// draws reports whether pictures are made.
func (o *options) draws() bool { return !o.support && (o.svg != "" || o.check || o.json) }

// serves reports whether the page is served.
func (o *options) serves() bool { return !o.draws() && !o.alerts && !o.support }

const usage = `usage: preview [flags]

Shows the boards of provisioning/ as a page on this machine, alive: this repository's service runs in this process, with
traffic. Where there is a recorded run, it is the hour before.

  preview                            the boards
  preview -watch                     and each saved change to the boards in Go
  preview -target http://host:port   over a running service, scraped every few seconds
  preview -prometheus https://host   over a running Prometheus
  preview -boards 'boards/*.json'    boards from elsewhere, classic or v2, JSON or YAML
  preview -alerts                    which alerts would fire now
  preview -svg dashboards/pictures   a picture of each board, the same bytes on each run
  preview -check                     which pictures are stale

The page answers only this machine. With -listen :8080 others can read it, too: there is no log-in. What logs in to
-prometheus stays in this process.

The bearer token for -prometheus comes from -token-file or $PROMETHEUS_TOKEN, other headers from -header-file or
$PROMETHEUS_HEADERS, one on a line; -http-config logs in as promtool does with that file.

Exit codes: 0 well, also when it is stopped with Ctrl-C; 1 pictures are stale; 2 an error.

`
