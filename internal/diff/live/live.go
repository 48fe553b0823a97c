// Package live reads the boards of a running Grafana and puts each beside its source, so that package diff can say what
// somebody changed on the server by hand. It reads Grafana's resources where the server has them, each board in the
// version in which it is stored, and else through the API of Grafana 11 and before. It only reads, looks at nothing but
// boards and the names of folders, and does not compare: package diff does.
package live

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"gaugewright/internal/web"
)

// Limits for the questions to a server.
const (
	questionTime = 30 * time.Second // for one, with all tries
	totalTime    = 5 * time.Minute
	questions    = 4         // at once
	maxTotal     = 512 << 20 // bytes of all answers
)

// Grafana is a server, and which of its boards to read.
type Grafana struct {
	Address   *url.URL // without user and password
	User      *url.Userinfo
	Token     string // of a service account; empty without
	Secrets   *web.Secrets
	Transport http.RoundTripper // nil for the usual one

	// Folder is the uid or the title of a folder. Of the boards without a source, only those in it or below it are read.
	Folder string
	UIDs   []string // only these boards; empty for all
}

// board is a board on the server.
type board struct {
	uid     string
	folder  string // its uid; empty for a board outside all folders
	version string // of the API, in which to ask for it
	data    []byte // nil where it is still to be asked for
	err     error
}

// api is one of Grafana's two ways to hand out boards.
type api interface {
	// list returns all boards, some of them without their data.
	list(context.Context) ([]*board, error)
	// read asks for the data of a board.
	read(context.Context, *board) error
}

// boards reads the boards that are wanted. A board that cannot be read has an error, and does not keep the others from
// being read.
func (g *Grafana) boards(ctx context.Context, hasSource func(uid string) bool) ([]*board, error) {
	limited, cancel := context.WithTimeout(ctx, totalTime)
	defer cancel()
	ask := g.asker()
	all, way, err := g.find(limited, ask)
	if err == nil && g.Folder != "" {
		var within map[string]bool
		within, err = ask.folder(limited, g.Folder)
		all = slices.DeleteFunc(all, func(b *board) bool { return !within[b.folder] && !hasSource(b.uid) })
	}
	switch {
	case ctx.Err() != nil: // interrupted
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("%s: %w", g.Address, err)
	}
	readAll(limited, way, all)
	if len(g.UIDs) > 0 {
		all = slices.DeleteFunc(all, func(b *board) bool { return isNotFound(b.err) })
	}
	return all, ctx.Err()
}

// find returns the boards, and the way to read them: the newer one, where the server has it.
func (g *Grafana) find(ctx context.Context, ask *asker) (all []*board, way api, err error) {
	way, err = ask.resources(ctx)
	if err == nil {
		all, err = g.list(ctx, way)
	}
	if isNotFound(err) {
		way = older{ask}
		all, err = g.list(ctx, way)
	}
	return all, way, err
}

func (g *Grafana) list(ctx context.Context, way api) ([]*board, error) {
	if len(g.UIDs) == 0 {
		return way.list(ctx)
	}
	var all []*board
	for _, uid := range g.UIDs {
		all = append(all, &board{uid: uid})
	}
	return all, nil
}

// readAll asks for the boards that came without their data, a few at once.
func readAll(ctx context.Context, way api, all []*board) {
	var work sync.WaitGroup
	free := make(chan struct{}, questions)
	for _, b := range all {
		if b.data == nil && b.err == nil {
			free <- struct{}{}
			work.Go(func() {
				b.err = way.read(ctx, b)
				<-free
			})
		}
	}
	work.Wait()
}
