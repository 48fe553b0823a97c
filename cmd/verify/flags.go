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
)

// options are what the command line says.
type options struct {
	targets    []page
	prometheus *url.URL // without user and password
	access     access
	boards     string
	rules      string
	tests      string
	variables  map[string][]string
	interval   time.Duration // 0: that of the repository's prometheus.yml
	baseline   string
	record     bool
	format     string
	verbose    bool

	secrets secrets
}

const usage = `usage: verify [flags]

Runs every query of every board, and every rule, and names what is dead. Without flags: those of provisioning/, on this
repository's service, which is started in process.

A query is dead where it needs a metric, a label, a job or a bucket that is not there. Where only a value is not there, such
as code=~"5..", nothing of that kind may have happened yet: that is a note with the values that there are, counted as "not
yet", and no finding. So is a side of "or" that finds nothing beside one that does, and the right side of "unless".

Wrong in any rule file: an alert that is there twice with the same labels, a "for" of less than a second, an alert with
neither a description nor a runbook_url, a limit for a quantile that is no bucket edge of the histogram.

With -tests it runs rule tests in promtool's format. A file of tests says under rule_files which rules it is about, by
paths relative to itself; one that says nothing is about those of -rules. Each check that fails is a finding, and so is
each alert in these rules that no test expects to fire. With -tests, or -tests and -rules, nothing else is judged: no
service is started, no network used. With -boards, -target or -prometheus beside it, both are done; a rule file of
provisioning/ that no test is about is a note then.

Exit codes: 0 all is well, 1 findings, 2 could not.

The bearer token for -prometheus is read from -token-file or $PROMETHEUS_TOKEN, further headers from -header-file or
$PROMETHEUS_HEADERS, a line each: "X-Scope-OrgID: shop".

`

func parseArgs(args []string, stderr io.Writer) (options, error) {
	o := options{variables: map[string][]string{}}
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error
	var targets, prometheus string
	flags.StringVar(&targets, "target", "", "judge the running service with the metrics at this `URL`; several: URL,URL; "+
		"of another job than the first in "+prometheusFile+": JOB=URL")
	flags.StringVar(&prometheus, "prometheus", "", "ask the Prometheus, Thanos or Mimir at this `URL`")
	flags.StringVar(&o.access.tokenFile, "token-file", "", "the `file` with the bearer token for -prometheus")
	flags.StringVar(&o.access.headerFile, "header-file", "", "the `file` with headers for -prometheus, a line each")
	flags.StringVar(&o.access.caFile, "ca-file", "", "the `file` with the certificates that -prometheus is trusted by")
	flags.StringVar(&o.boards, "boards", "", "the boards' JSON `files`, a pattern such as 'boards/*.json'")
	flags.StringVar(&o.rules, "rules", "", "the rule `files`, a pattern such as 'rules/*.yml'")
	flags.StringVar(&o.tests, "tests", "", "run the rule tests in these `files`, a pattern such as 'testdata/*.yml'")
	flags.DurationVar(&o.interval, "interval", 0,
		"Grafana's scrape interval for the data source; by default that of "+prometheusFile+", else 15s")
	flags.StringVar(&o.baseline, "baseline", "", "the `file` of findings that are known: what else is found counts")
	flags.BoolVar(&o.record, "record", false, "write the findings of today into the baseline, and exit 0")
	flags.StringVar(&o.format, "format", "text", "text, json or markdown")
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
		return o, fmt.Errorf("%q: verify takes flags only; a service goes behind -target", flags.Arg(0))
	}
	return o, o.complete(targets, prometheus)
}

// onlyTests reports whether rule tests are run and nothing else is judged.
func (o options) onlyTests() bool {
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

// complete checks what the flags say together.
func (o *options) complete(targets, prometheus string) error {
	switch {
	case targets != "" && prometheus != "":
		return errors.New("-target and -prometheus: name one")
	case !slices.Contains([]string{"text", "json", "markdown"}, o.format):
		return fmt.Errorf("-format %s: it is none of text, json, markdown", o.format)
	case o.record && o.baseline == "":
		return errors.New("-record: name the file with -baseline")
	case o.interval < 0:
		return fmt.Errorf("-interval %s: less than nothing", o.interval)
	case prometheus == "" && (o.access.tokenFile != "" || o.access.headerFile != "" || o.access.caFile != ""):
		return errors.New("-token-file, -header-file and -ca-file are for -prometheus")
	}
	if targets != "" {
		for _, target := range strings.Split(targets, ",") {
			job, address := jobAndURL(target)
			u, err := o.address("-target", address)
			if err != nil {
				return err
			}
			if u.Path == "" || u.Path == "/" {
				u.Path = "/metrics"
			}
			o.targets = append(o.targets, page{job: job, url: u.String()})
		}
	}
	if prometheus == "" {
		return nil
	}
	u, err := o.address("-prometheus", prometheus)
	if err != nil {
		return err
	}
	o.access.user, u.User = u.User, nil
	o.prometheus = u
	return o.access.load(&o.secrets)
}

// jobAndURL splits JOB=URL; the job is empty where the text is a URL alone, in whose query an equals sign may stand too.
func jobAndURL(text string) (job, address string) {
	if job, address, ok := strings.Cut(text, "="); ok && !strings.Contains(job, "/") {
		return strings.TrimSpace(job), address
	}
	return "", text
}

// address is the URL behind a flag. A password in it is a secret from here on.
func (o *options) address(name, text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%s: this is no URL; write http://host:port", name) // it may have a password in it
	}
	if password, ok := u.User.Password(); ok {
		o.secrets.add(password)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%s %s: write http://host:port", name, u.Redacted())
	}
	return u, nil
}
