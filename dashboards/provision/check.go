package provision

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"strings"
)

// compare is -check: it prints what is out of date and how to fix it, or nothing.
func (o options) compare(stdout io.Writer, files []File) (findings bool, err error) {
	found, err := o.look(files)
	if err != nil {
		return false, err
	}
	byGen, byHand := false, false
	for _, finding := range found.findings {
		fmt.Fprintf(stdout, "%s: %s\n", oneLine(found.folder.path(finding.path)), finding.state)
		switch finding.state {
		case foreign, foreignFolder, taken:
			byHand = true
		default:
			byGen = true
		}
	}
	if byHand {
		fmt.Fprintf(stdout, "to mend: move what is foreign out of %s, gen does not touch it\n", oneLine(o.out))
	}
	if byGen {
		fmt.Fprintf(stdout, "to mend: %s\n", oneLine(o.command()))
	}
	return byGen || byHand, nil
}

// look surveys the output folder. A missing folder counts as empty.
func (o options) look(files []File) (*survey, error) {
	f, err := openFolder(o.out)
	if errors.Is(err, fs.ErrNotExist) {
		nothing := &survey{folder: folder{name: o.out}}
		for _, file := range files {
			nothing.add(file.Path, missing)
		}
		return nothing, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open the output folder: %w", err)
	}
	defer f.root.Close()
	return look(f, files)
}

// command returns the command that runs this generator with the same options, without -check.
func (o options) command() string {
	command := "gen"
	if info, ok := debug.ReadBuildInfo(); ok {
		main := strings.TrimSuffix(info.Path, ".test")
		if below, ok := strings.CutPrefix(main, info.Main.Path); ok && info.Main.Path != "" {
			command = "go run ." + below
		}
	}
	if o.out != production {
		command += " -out " + o.out
	}
	if o.demo {
		command += " -demo"
	}
	if o.format != classic {
		command += " -format " + o.format
	}
	return command
}
