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

	"gaugewright/internal/scrape"
)

// options are the command line's options.
type options struct {
	targets     []page
	prometheus  *url.URL // without user and password
	access      access
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

	secrets secrets
}

const usage = `usage: verify [flags]

Runs every query of every board, and every rule, and reports what is dead. Without flags it takes the files in
provisioning/ and starts this repository's service in process.

A query is dead if it needs a metric, a label, a job or a bucket that does not exist. If only a value is missing, such as
code=~"5..", the event may not have happened yet: that is not a finding but a note with the existing values, counted as
"not yet". The same holds for a side of "or" that finds nothing while the other side does, and for the right side of
"unless". A query without an answer is not dead while nothing passes its comparison, no alert fires that it asks for, or
the observation was too short for the time that it looks back at.

Mistakes in any rule file: two alerts with the same name and labels, a "for" of less than a second, an alert with
neither a description nor a runbook_url, a limit for a quantile that is not a bucket edge of the histogram, a text with
a label that the expression aggregates away, or with a query that is not PromQL. Rules are also read from PrometheusRules
and ConfigMaps.

With -tests it runs rule tests in promtool's format. A file of tests names its rule files under rule_files, by paths
relative to itself; without rule_files it tests those of -rules. Each failed check is a finding, and so is each alert of
these rules that no test expects to fire. With only -tests, or -tests and -rules, nothing else is judged: no service is
started, no network is used. With -boards, -target or -prometheus as well, both are done; then a
rule file of provisioning/ that no test names is a note.

Exit codes: 0 no findings, 1 findings, 2 an error.

The bearer token for -prometheus comes from -token-file or $PROMETHEUS_TOKEN, other headers from -header-file or
$PROMETHEUS_HEADERS, one on a line: "X-Scope-OrgID: shop".

`

func parseArgs(args []string, stderr io.Writer) (options, error) {
	o := options{variables: map[string][]string{}, maxPage: scrape.DefaultMaxBytes}
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error
	var targets, prometheus string
	flags.StringVar(&targets, "target", "", "judge the running service with its metrics at this `URL`; several: URL,URL; "+
		"for another job than the first in "+prometheusFile+": JOB=URL")
	flags.Var(&o.maxPage, "max-page", "the largest page of a -target, in `bytes`, and with it the number of its samples")
	flags.BoolVar(&o.honorLabels, "honor-labels", false, "scrape each -target as with honor_labels: a job of the page's own stays "+
		"job, as for a Pushgateway or a federation")
	flags.StringVar(&prometheus, "prometheus", "", "ask the Prometheus, Thanos or Mimir at this `URL`")
	flags.StringVar(&o.access.tokenFile, "token-file", "", "the `file` with the bearer token for -prometheus")
	flags.StringVar(&o.access.headerFile, "header-file", "", "the `file` with headers for -prometheus, one on a line")
	flags.StringVar(&o.access.caFile, "ca-file", "", "the `file` with the CA certificates for -prometheus")
	flags.StringVar(&o.boards, "boards", "", "the boards' JSON `files`, a pattern such as 'boards/*.json'")
	flags.StringVar(&o.rules, "rules", "", "the rule `files`, a pattern such as 'rules/*.yml'")
	flags.StringVar(&o.tests, "tests", "", "run the rule tests in these `files`, a pattern such as 'testdata/*.yml'")
	flags.DurationVar(&o.interval, "interval", 0,
		"Grafana's scrape interval for the data source; by default that of "+prometheusFile+", else 15s")
	flags.StringVar(&o.baseline, "baseline", "", "the `file` of known findings: only others count")
	flags.BoolVar(&o.record, "record", false, "write the current findings to the baseline, and exit 0")
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
		return o, fmt.Errorf("%q: verify takes only flags; name a service with -target", flags.Arg(0))
	}
	return o, o.complete(targets, prometheus)
}

// onlyTests reports whether only rule tests are run.
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

// complete checks the flags together.
func (o *options) complete(targets, prometheus string) error {
	switch {
	case targets != "" && prometheus != "":
		return errors.New("-target and -prometheus: name one")
	case !slices.Contains([]string{"text", "json", "markdown"}, o.format):
		return fmt.Errorf("-format %s: use text, json or markdown", o.format)
	case o.record && o.baseline == "":
		return errors.New("-record: name the file with -baseline")
	case o.interval < 0:
		return fmt.Errorf("-interval %s: must not be negative", o.interval)
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

// jobAndURL splits JOB=URL. The job is empty for a URL alone, whose query may contain an equals sign.
func jobAndURL(text string) (job, address string) {
	if job, address, ok := strings.Cut(text, "="); ok && !strings.Contains(job, "/") {
		return strings.TrimSpace(job), address
	}
	return "", text
}

// address parses a flag's URL. A password in it is kept secret.
func (o *options) address(name, text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%s: not a URL; write http://host:port", name) // it may have a password in it
	}
	if password, ok := u.User.Password(); ok {
		o.secrets.add(password)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%s %s: write http://host:port", name, u.Redacted())
	}
	return u, nil
}
