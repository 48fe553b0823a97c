package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gaugewright/internal/preview"
	"gaugewright/internal/verify"
)

// goFiles is the folder of the boards in Go, and generator what makes files of them.
const (
	goFiles   = "dashboards"
	generator = "./cmd/gen"
)

// follow shows what somebody saves until the context ends: the files of boards and rules, or with -watch the boards in Go.
func (o *options) follow(ctx context.Context, p *preview.Preview) {
	if !o.watch {
		preview.Watch(ctx, o.read, o.stamp, func() { o.reload(p, o.named()) })
		return
	}
	made, err := os.MkdirTemp("", "preview-*")
	if err != nil {
		p.Trouble("watch", "-watch: "+err.Error())
		return
	}
	defer os.RemoveAll(made)
	// The first time at once: the files may be older than the Go code.
	preview.Watch(ctx, "", func() string { return preview.StampTree(goFiles, ".go") }, func() { o.generate(ctx, p, made) })
}

// stamp is another text as soon as a file of boards or rules is.
func (o *options) stamp() string {
	boards, rules, _ := o.named().Patterns()
	return preview.Stamp(boards, rules)
}

// reload shows files anew. What is shown stays while there is an error, which the page says.
func (o *options) reload(p *preview.Preview, named verify.Named) {
	files, err := verify.Read(named)
	if err != nil {
		p.Trouble("boards", err.Error())
		return
	}
	p.Trouble("boards", "")
	p.Show(files)
}

// generate makes files of the boards in Go, in a temporary folder, and shows them.
func (o *options) generate(ctx context.Context, p *preview.Preview, folder string) {
	command := exec.CommandContext(ctx, "go", "run", generator, "-out", folder)
	command.WaitDelay = 50 * time.Millisecond // go run's own child may outlive it
	var said bytes.Buffer
	command.Stderr = &said
	if err := command.Run(); err != nil {
		p.Trouble("boards", strings.TrimSpace(fmt.Sprintf("go run %s: %v\n%s", generator, err, &said)))
		return
	}
	named := verify.Named{Boards: filepath.Join(folder, "grafana/dashboards/*.json")}
	rules := filepath.Join(folder, "prometheus/rules/*.yml")
	if found, _ := filepath.Glob(rules); len(found) > 0 {
		named.Rules = rules
	}
	o.reload(p, named)
}
