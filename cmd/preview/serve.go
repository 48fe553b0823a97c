package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"syscall"
	"time"

	"gaugewright/internal/preview"
	"gaugewright/internal/report"
	"gaugewright/internal/verify"
)

// serve serves the page until the context ends.
func (o *options) serve(ctx context.Context, files verify.Files, stdout io.Writer) error {
	say := func(format string, args ...any) {
		fmt.Fprintln(stdout, "preview: "+report.Shown(o.secrets.Replacer().Replace(fmt.Sprintf(format, args...))))
	}
	say("read %s and %s", report.Count(len(files.Boards), "board"), report.Count(len(files.Rules), "rule file"))
	listener, err := listen(o.listen, say)
	if err != nil {
		return err
	}
	defer listener.Close()
	shown, err := o.open(ctx, files, say)
	if err != nil {
		return err
	}
	defer shown.close()
	p := preview.New(preview.Options{
		Source: shown.source, Scrape: files.Interval, Every: shown.every, Now: time.Now, Begun: shown.begun, Pages: shown.pages,
		Rejudge: shown.judge,
		Redact:  func(text string) string { return o.secrets.Replacer().Replace(text) },
	})
	p.Show(files)
	ctx, cancel := context.WithCancel(ctx)
	var beside sync.WaitGroup
	defer beside.Wait() // what they made is gone then
	defer cancel()
	beside.Go(func() { p.Judge(ctx) })
	beside.Go(func() { o.follow(ctx, p) })
	if shown.live != nil {
		beside.Go(func() { o.live(ctx, p, shown) })
	}
	say("open http://%s/ and end with Ctrl-C", listener.Addr())
	return serveHTTP(ctx, listener, preview.Guard(listener.Addr(), p.Handler()))
}

// live goes on scraping, and says on the page what is down.
func (o *options) live(ctx context.Context, p *preview.Preview, shown *over) {
	err := shown.live(ctx, func(down error) {
		text := ""
		if down != nil {
			text = "down: " + down.Error()
		}
		p.Trouble("target", text)
	})
	if err != nil {
		p.Trouble("target", "no longer scraped: "+err.Error())
	}
}

// ports is how many ports are tried.
const ports = 20

// listen listens at an address, or, where its port is taken, at the next one that is free.
func listen(address string, say func(format string, args ...any)) (net.Listener, error) {
	host, text, err := net.SplitHostPort(address)
	first, bad := strconv.ParseUint(text, 10, 16)
	if err != nil || bad != nil {
		return nil, fmt.Errorf("-listen %s: write an address such as %s", report.Shown(address), usualAddress)
	}
	var listener net.Listener
	for port := first; port < first+ports && port <= 65535; port++ {
		listener, err = net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(port, 10)))
		if !errors.Is(err, syscall.EADDRINUSE) {
			break
		}
		say("port %d is taken", port)
	}
	if err != nil {
		return nil, fmt.Errorf("-listen %s: %w", report.Shown(address), err)
	}
	if at, ok := listener.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() {
		say("warning: others can read this page, without a log-in")
	}
	return listener, nil
}

// serveHTTP answers until the context ends.
func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return server.Close()
	}
}
