// Metrics reads a service's /metrics page and writes the catalogue of its metrics: a Go file of typed values for boards
// and alerts. It reads the text format, OpenMetrics and protobuf of any service in any language. Package golang already
// has values for the metrics of any Go service; the catalogue lists those and has values for the rest. The command does not
// judge the metrics, and does not touch boards.
//
//	metrics [-package NAME] [-o FILE] [-max-page BYTES] URL|FILE|-
//	metrics -check -o FILE [-max-page BYTES] URL|FILE|-
//
// A page that Prometheus 3 would not scrape as it is sent is read all the same, with a note to stderr that says why.
// With -check it writes nothing and compares. A metric that is gone, has another kind, or lost a label or a bucket edge
// is a finding. New metrics, labels and edges, and changed help and units, are only noted, since they differ by Go release
// and system. Exit codes: 0 written or in agreement, 1 findings, 2 an error.
package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"go/token"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"gaugewright/internal/interrupt"
	"gaugewright/internal/output"
	"gaugewright/internal/report"
	"gaugewright/internal/scrape"
	"gaugewright/internal/web"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	options, err := parseArgs(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	var said outcome
	if err == nil {
		said, err = interrupt.Do(options.do)
	}
	for _, remark := range said.remarks {
		fmt.Fprintf(stderr, "metrics: note: %s\n", report.Shown(options.secrets.Replacer().Replace(remark)))
	}
	if err = cmp.Or(err, said.err); err == nil {
		_, err = options.secrets.Replacer().WriteString(stdout, said.out.String())
	}
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "metrics: %s\n", report.ShownLines(options.secrets.Replacer().Replace(err.Error())))
		return 2
	case said.differs:
		return 1
	}
	return 0
}

// outcome is what the work comes to. Of an interrupted one nothing is printed.
type outcome struct {
	out     bytes.Buffer
	remarks []string // on the page
	differs bool     // there are findings
	err     error
}

type options struct {
	source string // URL, file or -
	file   string // the catalogue; empty: standard output
	pkg    string
	check  bool
	pages  scrape.Reader

	secrets *web.Secrets
}

const usage = `usage: metrics [-package NAME] [-o FILE] [-max-page BYTES] URL|FILE|-
       metrics -check -o FILE [-max-page BYTES] URL|FILE|-

Writes the typed catalogue of the metrics on a /metrics page, read from a URL, a file or standard input.

`

func parseArgs(args []string, stderr io.Writer) (options, error) {
	o := options{pages: scrape.Reader{MaxBytes: scrape.DefaultMaxBytes}, secrets: &web.Secrets{}}
	flags := flag.NewFlagSet("metrics", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error
	flags.StringVar(&o.pkg, "package", "", "`name` of the Go package; by default the folder's name of -o, or catalogue")
	flags.StringVar(&o.file, "o", "", "the catalogue's `file`; by default standard output")
	flags.BoolVar(&o.check, "check", false, "compare the page with the catalogue in -o, and write nothing")
	flags.Var(&o.pages.MaxBytes, "max-page", "the largest page, in `bytes`, and with it the number of its samples and names")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stderr, usage)
		flags.SetOutput(stderr)
		flags.PrintDefaults()
	}
	if err != nil {
		return o, err
	}
	if flags.NArg() != 1 {
		return o, fmt.Errorf("%d pages named: name one after the flags: a URL, a file or - for standard input", flags.NArg())
	}
	o.source = flags.Arg(0)
	if page, err := url.Parse(o.source); err == nil {
		o.secrets.AddURL(page)
	}
	if o.check {
		if o.file == "" {
			return o, errors.New("-check: name the catalogue with -o")
		}
		return o, nil
	}
	return o, o.choosePackage()
}

func (o *options) choosePackage() error {
	if o.pkg == "" {
		o.pkg = "catalogue"
		if o.file != "" {
			path, err := filepath.Abs(o.file)
			if err != nil {
				return err
			}
			o.pkg = filepath.Base(filepath.Dir(path))
		}
	}
	if !token.IsIdentifier(o.pkg) || o.pkg == "_" {
		return fmt.Errorf("%q is not a Go package name: give one with -package", o.pkg)
	}
	return nil
}

// do writes the catalogue or compares it.
func (o options) do(ctx context.Context) (said outcome) {
	page, err := o.pages.Load(ctx, o.source, os.Stdin)
	if err != nil {
		return outcome{err: err}
	}
	said.remarks = page.Remarks
	said.differs, said.err = o.use(page, &said.out)
	return said
}

// use reports whether there are findings.
func (o options) use(page scrape.Page, out *bytes.Buffer) (differs bool, err error) {
	if len(page.Families) == 0 {
		return false, fmt.Errorf("%s: the page has no metrics", o.source)
	}
	found, err := shareGo(catalogueOf(page.Families))
	if err != nil {
		return false, err
	}
	if o.check {
		known, err := readCatalogue(o.file)
		if err != nil {
			return false, err
		}
		return compare(known, found, out), nil
	}
	doc := packageDoc(o.pkg, "what a service exposes on its /metrics page", ", with the service running", command(o.pkg, o.file, o.source))
	source, err := emit(o.pkg, doc, found)
	source = []byte(o.secrets.Replacer().Replace(string(source))) // a page may echo the log-in
	if err != nil {
		return false, fmt.Errorf("%s: %w", o.source, err)
	}
	if o.file == "" {
		out.Write(source)
		return false, nil
	}
	changed, err := output.Write(o.file, header+"\n", source)
	if changed {
		fmt.Fprintf(out, "wrote %s: %d metrics\n", report.Shown(o.file), len(found))
	}
	return false, err
}
