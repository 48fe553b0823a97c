package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"strings"

	"gaugewright/internal/diff"
	"gaugewright/internal/diff/live"
	"gaugewright/internal/diff/tree"
	"gaugewright/internal/input"
	"gaugewright/internal/report"
	"gaugewright/internal/web"
)

// liveOptions are the options of -live.
type liveOptions struct {
	address   string
	tokenFile string
	grafana   live.Grafana
	sources   string // the name of the other side
	counts    [2]int // boards of the sources, and on the server
}

func (l *liveOptions) register(flags *flag.FlagSet) {
	flags.StringVar(&l.address, "live", "", "the boards of the Grafana at this `URL` against their sources")
	flags.StringVar(&l.tokenFile, "live-token-file", "", "the `file` with the token for -live; without it $GRAFANA_TOKEN")
	flags.StringVar(&l.grafana.Folder, "folder", "", "with -live: of the boards without a source, only those in the folder with this `uid or title`")
	flags.Func("uid", "with -live: only the boards with these `uids`, a,b", func(text string) error {
		for uid := range strings.SplitSeq(text, ",") {
			if uid = strings.TrimSpace(uid); uid != "" {
				l.grafana.UIDs = append(l.grafana.UIDs, uid)
			}
		}
		return nil
	})
}

// check reads the address and the token, and keeps them secret. It must come before anything is printed of them.
func (l *liveOptions) check(o *options, secrets *web.Secrets) error {
	if l.address == "" {
		if l.tokenFile != "" || l.grafana.Folder != "" || len(l.grafana.UIDs) > 0 {
			return errors.New("-live-token-file, -folder and -uid go with -live URL")
		}
		return nil
	}
	u, err := url.Parse(strings.TrimSpace(l.address))
	if err != nil {
		return errors.New("-live: not a URL; write http://host:port") // it may have a password in it
	}
	if password, ok := u.User.Password(); ok {
		secrets.Add(password)
		secrets.Add(u.User.Username() + ":" + password)
	}
	l.grafana.User, u.User = u.User, nil
	u.RawQuery, u.Fragment = "", ""
	l.grafana.Address, l.grafana.Secrets = u, secrets
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("-live %s: write http://host:port", u)
	case o.head != "" || o.mergeBase:
		return errors.New("-live: name one side, the sources: a folder, a file or a ref")
	case l.grafana.Folder != "" && len(l.grafana.UIDs) > 0:
		return errors.New("-folder and -uid: name one")
	case l.grafana.User != nil && l.tokenFile != "":
		return errors.New("-live with a user and -live-token-file: both log in; name one")
	case l.grafana.User != nil:
		return nil
	}
	return l.readToken(secrets)
}

func (l *liveOptions) readToken(secrets *web.Secrets) error {
	token := os.Getenv("GRAFANA_TOKEN")
	if l.tokenFile != "" {
		text, err := input.SecretFile(l.tokenFile)
		if err != nil {
			return fmt.Errorf("-live-token-file: %w", err)
		}
		if token = strings.TrimSpace(string(text)); token == "" {
			return fmt.Errorf("-live-token-file %s: it is empty", l.tokenFile)
		}
	}
	l.grafana.Token = strings.TrimSpace(token)
	secrets.Add(l.grafana.Token)
	return nil
}

// compareLive compares the boards of a running Grafana with their sources: what differs, somebody changed on the server.
func (o *options) compareLive(ctx context.Context) (*diff.Result, error) {
	root := path.Join(root(), "grafana", "dashboards")
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		root = "."
	}
	sources := tree.Tree{Root: root}
	if o.base != "" {
		var err error
		if sources, err = tree.Named(ctx, o.base, root); err != nil {
			return nil, err
		}
	}
	files, err := sources.Load(ctx)
	if err != nil {
		return nil, err
	}
	for i := range files {
		files[i].Path = path.Join(sources.Root, files[i].Path)
	}
	sides, err := o.live.grafana.Read(ctx, files)
	if err != nil {
		return nil, err
	}
	o.live.sources, o.live.counts = sources.Root, [2]int{len(sides.Sources), len(sides.Server)}
	if o.base != "" {
		o.live.sources = o.base
	}
	r := diff.Compare(sides.Sources, sides.Server)
	r.Errors = append(sides.Errors, r.Errors...)
	live.Reword(r)
	return r.Only(o.panel), nil
}

// title says which side is which, where the format has a place for it.
func (l *liveOptions) title(out io.Writer, format string) error {
	mark := ""
	switch {
	case l.address == "" || format == "json" || format == "github":
		return nil
	case format == "markdown":
		mark = "`"
	}
	side := func(name string, boards int) string {
		return mark + strings.ReplaceAll(report.Shown(name), "`", "'") + mark + " (" + report.Count(boards, "board") + ")"
	}
	_, err := fmt.Fprintf(out, "changed on the server: %s → %s\n\n", side(l.sources, l.counts[0]), side(l.grafana.Address.String(), l.counts[1]))
	return err
}
