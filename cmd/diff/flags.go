package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"gaugewright/internal/diff"
	"gaugewright/internal/web"
)

// options are the command line's options.
type options struct {
	base, head string // as named; empty without
	mergeBase  bool
	format     string
	panel      string
	pictures   [2]string // addresses of base and head; empty without
	failOn     diff.Level
	explain    bool
	lints      bool
	live       liveOptions
	on         onOptions
}

var formats = []string{"text", "markdown", "json", "github"}

func parseArgs(args []string, secrets *web.Secrets, stderr io.Writer) (*options, error) {
	o := &options{}
	flags := flag.NewFlagSet("diff", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error
	flags.BoolVar(&o.mergeBase, "merge-base", false, "compare with the commit from which head left base, as a pull request does")
	flags.StringVar(&o.format, "format", "text", strings.Join(formats, ", "))
	flags.StringVar(&o.panel, "panel", "", "only panels, variables and rules with this `text` in their name, or the panel with this id")
	flags.Func("fail-on", "exit 1 only from this `level` on: cosmetic, behaviour, breaking", func(name string) error {
		level, ok := diff.ParseLevel(name)
		if !ok {
			return errors.New("use cosmetic, behaviour or breaking")
		}
		o.failOn = level
		return nil
	})
	flags.Func("pictures", "with -format markdown: show the boards' pictures of "+picturesFolder+" at `BASE-URL,HEAD-URL`, the addresses of both sides", func(text string) error {
		base, head, _ := strings.Cut(text, ",")
		o.pictures = [2]string{base, head}
		for _, address := range o.pictures {
			if !diff.IsAddress(address) {
				return errors.New("name two addresses of folders, such as https://host/raw/main/,https://host/raw/branch/")
			}
		}
		return nil
	})
	flags.BoolVar(&o.lints, "lint", false, "also say what lint newly finds, and what it finds no longer")
	flags.BoolVar(&o.explain, "explain", false, "print which differences are not reported, and exit")
	o.live.register(flags)
	o.on.register(flags)
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stderr, usage)
		flags.SetOutput(stderr)
		flags.PrintDefaults()
	}
	if err != nil {
		return o, fmt.Errorf("%w: see -h; a ref that begins with - comes after --", err)
	}
	o.base, o.head = flags.Arg(0), flags.Arg(1)
	switch {
	case flags.NArg() > 2:
		return o, fmt.Errorf("%q: name a base and a head, no more; flags come first", flags.Arg(2))
	case !slices.Contains(formats, o.format):
		return o, fmt.Errorf("-format %s: use %s", o.format, strings.Join(formats, ", "))
	case o.mergeBase && o.base == "":
		return o, errors.New("-merge-base: name the base, such as origin/main")
	}
	if err := o.live.check(o, secrets); err != nil {
		return o, err
	}
	return o, o.on.check(secrets)
}

const usage = `usage: diff [flags] [base [head]]

Says what changed on the boards, in the rules and in the files beside them, as a viewer of the boards sees it.

  diff                      the working tree against HEAD
  diff main                 the working tree against main
  diff main my-branch       one ref against another
  diff -merge-base main     what this branch changed since it left main
  diff main:boards          a folder of a ref against the same folder now
  diff old/ new/            folders, or files
  diff -live URL [boards/]  what somebody changed on a running Grafana: its boards against their sources

Both versions of a changed query, and of a changed rule, are evaluated on the same data, over an hour, and the change says
what that does to the numbers. The data are those of -on: a file with a recorded run, by default dashboards/testdata/run.gz
where it is, or the URL of a Prometheus, Thanos or Mimir. -on '' evaluates nothing. The bearer token for the server comes
from -token-file or $PROMETHEUS_TOKEN, other headers from -header-file or $PROMETHEUS_HEADERS, one on a line.

With -lint it also says what lint finds in all files: what is new, wherever it is; the errors that were there before, on what
changed; and what is found no longer. That is no difference, and changes no exit code.

A ref is read below provisioning/ where there is such a folder, else below the current folder. A ref whose name begins
with - comes after --.

-live compares boards only. The sources are the boards below provisioning/grafana/dashboards, where there is that folder,
or those of the folder, file or ref that is named. A board without a source, and one that the server does not have, is
named. It logs in with the token of a service account that may read dashboards, from $GRAFANA_TOKEN or
-live-token-file, or as http://user:password@host.

Levels: breaking (something is gone or can no longer be found, an alert is weaker, a query no longer parses), behaviour
(a query, a unit, thresholds, what an alert says and when), cosmetic (place, size, color, description).

Exit codes: 0 nothing differs, 1 something differs, 2 an error. A file that cannot be read is an error; the rest is
compared all the same.

For git diff and git log -p --ext-diff in sentences:

  git config diff.gaugewright.command 'go run ./cmd/diff'
  echo '*.json diff=gaugewright' >> .git/info/attributes

`

// inColor reports whether the output is a terminal that wants colors, or is meant for one.
func inColor(out io.Writer) bool {
	if kept, ok := out.(*output); ok {
		return kept.inColor
	}
	file, isFile := out.(*os.File)
	if !isFile || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
