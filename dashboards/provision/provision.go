// Package provision makes the files that Prometheus, Grafana and a Kubernetes cluster read out of targets and their boards,
// and keeps a folder of them up to date. A generator is a program that calls Main:
//
//	func main() {
//		shop := dashboards.Promhttp
//		shop.Job, shop.Address = "shop", "shop:8080"
//		provision.Main(provision.Service{Target: shop})
//	}
//
// # What it writes
//
// prometheus.yml, the data source, the dashboard provider, a JSON file for each board, the rules of those boards, and the
// same as manifests and Helm values. Instead, it can write only the boards, as Grafana's own resources. Every board is
// in Grafana's normal form: Grafana's API returns the same document.
//
// # What it checks
//
// All files are made before the first is written, so a mistake changes nothing on disk. Besides what boards and alerts
// check, it refuses a repeated uid, title, job or rule file, and a panel function that no board calls.
//
// # What it leaves alone
//
// It writes only what changed, removes only what it wrote, and leaves every file whole, old or new, wherever it is stopped.
// It never removes the rules of a board that it still makes. It does not know what a board is about, and does not
// connect to Prometheus, Grafana or a cluster. Do not run it twice at once on one folder: one of the two may end with an error.
package provision

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
)

// production is the default output folder. It never holds a demo.
const production = "provisioning"

const usage = `usage: gen [-check] [-demo] [-format FORMAT] [-out DIR]

Writes the files that Prometheus, Grafana and Kubernetes read, made from the boards in Go. A file is written only when its
bytes change. A file that an earlier run wrote and that is no longer made is removed. Nothing else is touched.

  -check          write nothing; name each file that is stale, missing or not gen's, and say how to mend it
  -demo           at sixty times the speed, to see in minutes what otherwise takes hours; needs -out
  -format FORMAT  classic: everything, with boards as Grafana's provider reads them (default);
                  resource: the boards alone, as Grafana's resources for Git Sync and gcx; needs -out
  -out DIR        the folder to keep up to date (default ` + production + `)

Exit code: 0 written or up to date, 1 -check found something, 2 could not.
`

// The formats of boards.
const (
	classic  = "classic"
	resource = "resource"
)

// options are the command line's options.
type options struct {
	out, format string
	check, demo bool
	from        string // where the services are written, for messages
}

// Main runs the generator for the services on the program's own arguments, and ends the process with its exit code.
func Main(services ...Service) {
	debug.SetGCPercent(800) // a run is over before memory matters: collecting took a sixth of it
	os.Exit(generate(caller(), os.Args[1:], os.Stdout, os.Stderr, services))
}

// Run is the generator. It makes the services' files and writes them, or with -check compares them with the folder.
// It returns 0 if they are written or up to date, 1 if -check found a difference, 2 after an error. All files are
// made before the first is written, so that a mistake in one board changes nothing on disk.
func Run(args []string, stdout, stderr io.Writer, services ...Service) int {
	return generate(caller(), args, stdout, stderr, services)
}

// caller returns where Main or Run is called, as file:line. The services are written there or nearby.
func caller() string {
	_, file, line, _ := runtime.Caller(2)
	return fmt.Sprintf("%s:%d", file, line)
}

func generate(from string, args []string, stdout, stderr io.Writer, services []Service) int {
	opts, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "gen: %s\n\n%s", shown(err.Error()), usage)
		return 2
	}
	opts.from = from
	findings, err := opts.run(stdout, services)
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "gen: %s\n", shown(err.Error()))
		return 2
	case findings:
		return 1
	}
	return 0
}

func (o options) run(stdout io.Writer, services []Service) (findings bool, err error) {
	files, err := o.files(services)
	if err != nil {
		return false, err
	}
	if o.check {
		return o.compare(stdout, files)
	}
	return false, o.write(stdout, files)
}

func (o options) files(services []Service) ([]File, error) {
	services = slices.Clone(services)
	for i := range services {
		services[i].from = " (" + o.from + ")"
		if o.demo {
			services[i].Target = services[i].Target.Demo()
		}
	}
	if o.format == resource {
		return Resources(services...)
	}
	return Files(services...)
}

func parse(args []string) (options, error) {
	var o options
	set := flag.NewFlagSet("gen", flag.ContinueOnError)
	set.SetOutput(io.Discard) // Run prints the error and the usage, once.
	set.StringVar(&o.out, "out", production, "")
	set.BoolVar(&o.check, "check", false, "")
	set.BoolVar(&o.demo, "demo", false, "")
	set.StringVar(&o.format, "format", classic, "")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	switch {
	case set.NArg() > 0:
		return o, fmt.Errorf("unexpected argument %q", set.Arg(0))
	case o.out == "":
		return o, errors.New("-out is empty: give a folder")
	case o.format != classic && o.format != resource:
		return o, fmt.Errorf("-format %q: give %s or %s", o.format, classic, resource)
	case o.format == resource && within(production, o.out):
		return o, fmt.Errorf("-format resource needs -out with a folder outside %s, which is always classic", production)
	case o.demo && within(production, o.out):
		return o, fmt.Errorf("-demo needs -out with a folder outside %s, which is always production", production)
	}
	return o, nil
}

// within reports whether path is the folder or inside it, with symbolic links resolved.
func within(folder, path string) bool {
	rel, err := filepath.Rel(resolve(folder), resolve(path))
	return err == nil && filepath.IsLocal(rel)
}

// resolve returns the absolute path, with the symbolic links of its existing part resolved.
func resolve(path string) string {
	path, _ = filepath.Abs(path) // Without a working directory every later step fails with an error.
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path
	}
	return filepath.Join(resolve(parent), filepath.Base(path))
}
