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

	"gaugewright/internal/lint"
	"gaugewright/internal/scrape"
	"gaugewright/internal/source"
	"gaugewright/internal/web"
)

// options are the command line's options.
type options struct {
	paths      []string // files and folders; - is standard input
	pages      []string
	prometheus *url.URL // without user and password
	access     source.Access
	maxPage    scrape.Size
	interval   time.Duration
	server     lint.Version
	all        bool
	rules      bool
	fix, diff  bool
	baseline   string
	record     bool
	exceptions string
	format     string

	secrets web.Secrets
}

var formats = []string{"text", "json", "github", "junit", "sarif"}

func parseArgs(args []string, stderr io.Writer) (*options, error) {
	o := &options{maxPage: scrape.DefaultMaxBytes, server: lint.DefaultServer}
	flags := flag.NewFlagSet("lint", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error
	flags.Func("metrics", "a page of metrics, a `URL` or file: what the services expose; may be repeated", func(text string) error {
		o.pages = append(o.pages, text)
		return nil
	})
	flags.Var(&o.maxPage, "max-page", "the largest page of -metrics, in `bytes`")
	var prometheus string
	flags.StringVar(&prometheus, "prometheus", "", "ask the Prometheus, Thanos or Mimir at this `URL` which metrics and labels there are")
	o.access.Flags(flags, "-prometheus")
	flags.DurationVar(&o.interval, "interval", 0, "the scrape interval; by default that of a prometheus.yml, or of the data sources, among the files")
	flags.Func("server-version", "the `version` of the Prometheus that is asked, by default "+lint.DefaultServer.String(), func(text string) (err error) {
		o.server, err = lint.ParseVersion(text)
		return err
	})
	flags.BoolVar(&o.all, "all", false, "show warnings, too, and what each rule did not know")
	flags.BoolVar(&o.rules, "rules", false, "print the table of the rules, and exit")
	flags.BoolVar(&o.fix, "fix", false, "mend in the files what is certain")
	flags.BoolVar(&o.diff, "diff", false, "with -fix: print what it would change, and change nothing")
	flags.StringVar(&o.baseline, "baseline", "", "the `file` of known findings: only others count")
	flags.BoolVar(&o.record, "record", false, "write the current findings to the baseline, and exit 0")
	flags.StringVar(&o.exceptions, "exceptions", "", "the `file` of findings that are right as they are, each with its reason")
	flags.StringVar(&o.format, "format", "text", strings.Join(formats, ", "))
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stderr, usage)
		flags.SetOutput(stderr)
		flags.PrintDefaults()
	}
	if err != nil {
		return o, err
	}
	o.paths = flags.Args()
	return o, o.complete(prometheus)
}

// complete checks the flags together.
func (o *options) complete(prometheus string) error {
	for _, path := range o.paths {
		if strings.HasPrefix(path, "-") && path != "-" {
			return fmt.Errorf("%s: flags come before the files; a file of that name is ./%s", path, path)
		}
	}
	switch {
	case !slices.Contains(formats, o.format):
		return fmt.Errorf("-format %s: use %s", o.format, strings.Join(formats, ", "))
	case o.record && o.baseline == "":
		return errors.New("-record: name the file with -baseline")
	case o.diff && !o.fix:
		return errors.New("-diff shows what -fix would change: give both")
	case o.fix && !o.diff && slices.Contains(o.paths, "-"):
		return errors.New("-fix writes files, and - is standard input: add -diff")
	case o.fix && o.record:
		return errors.New("-fix and -record: first the one, then the other")
	case o.interval < 0:
		return fmt.Errorf("-interval %s: must not be negative", o.interval)
	}
	var err error
	o.prometheus, err = o.access.ParsePrometheus(prometheus, &o.secrets)
	return err
}
