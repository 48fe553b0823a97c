package live

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/diff"
	"gaugewright/internal/diff/live/livetest"
	"gaugewright/internal/web"
)

// inMemory asks a handler without a network, so that a test of waiting takes no time.
type inMemory struct{ http.Handler }

func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	answered := make(chan *http.Response, 1)
	go func() {
		w := httptest.NewRecorder()
		defer func() {
			response := w.Result()
			if recover() != nil { // the handler broke off
				response.Body = io.NopCloser(io.MultiReader(response.Body, broken{}))
			}
			answered <- response
		}()
		m.ServeHTTP(w, r)
	}()
	select {
	case response := <-answered:
		response.Request = r
		return response, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// asking returns a Grafana that asks the stand-in.
func asking(t testing.TB, server *livetest.Server) *Grafana {
	t.Helper()
	address, err := url.Parse("http://grafana.test/sub")
	if err != nil {
		t.Fatal(err)
	}
	return &Grafana{Address: address, Token: server.Token, Secrets: &web.Secrets{}, Transport: inMemory{http.StripPrefix("/sub", server)}}
}

// ours returns the boards of the repository, as sources.
func ours(t testing.TB) []diff.File {
	t.Helper()
	paths, err := filepath.Glob("../../../provisioning/grafana/dashboards/*")
	if err != nil || len(paths) < 5 {
		t.Fatal("no boards", err)
	}
	var all []diff.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, diff.File{Path: filepath.Base(path), Data: data})
	}
	return all
}

// holding returns a server with the boards of the files.
func holding(files []diff.File) *livetest.Server {
	server := &livetest.Server{Token: "gl_s3cret", Namespace: "org-2", Folders: []livetest.Folder{{UID: "go-service", Title: "Go service"}}}
	for _, f := range files {
		if name, isJSON := strings.CutSuffix(f.Path, ".json"); isJSON {
			server.Boards = append(server.Boards, livetest.Board{UID: name, Folder: "go-service", Spec: f.Data})
		}
	}
	return server
}

// told reads the server and writes every change and error on a line.
func told(t testing.TB, g *Grafana, sources []diff.File) string {
	t.Helper()
	sides, err := g.Read(t.Context(), sources)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	out := &strings.Builder{}
	r := diff.Compare(sides.Sources, sides.Server)
	Reword(r)
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			fmt.Fprintf(out, "%s: %s: %s\n", s.Files[0], c.Panel, c.Text)
		}
	}
	for _, e := range append(sides.Errors, r.Errors...) {
		fmt.Fprintf(out, "not read: %s: %s\n", e.File, e.Text)
	}
	return out.String()
}

// TestOurs: our own boards on a server, with all that it adds, do not differ from their sources, in whatever way it hands
// them out. An edit by hand is told, and nothing else is.
func TestOurs(t *testing.T) {
	sources := ours(t)
	for name, set := range map[string]func(*livetest.Server){
		"resources":               func(*livetest.Server) {},
		"resources, page by page": func(s *livetest.Server) { s.PageSize = 2 },
		"the older API":           func(s *livetest.Server) { s.Older = true },
		"stored as preferred":     func(s *livetest.Server) { each(s, func(b *livetest.Board) { b.Version = livetest.Preferred }) },
		"stored elsewhere": func(s *livetest.Server) {
			each(s, func(b *livetest.Board) { b.Version, b.IsLarge = livetest.Preferred, true })
		},
	} {
		server := holding(sources)
		set(server)
		if got := told(t, asking(t, server), sources); got != "" {
			t.Errorf("%s: \n%s", name, got)
		}
		edited := &server.Boards[0]
		edited.Spec = bytes.Replace(edited.Spec, []byte(`"unit": "percentunit"`), []byte(`"unit": "short"`), 1)
		if got := told(t, asking(t, server), sources); got != "go-gc.json: GC CPU: unit: percentunit → short\n" {
			t.Errorf("%s, with an edit: \n%s", name, got)
		}
	}
}

func each(s *livetest.Server, set func(*livetest.Board)) {
	for i := range s.Boards {
		set(&s.Boards[i])
	}
}

// TestConverted: a board that was converted on the way has changes that nobody made, so it is asked for once more, as it
// is stored; one that is stored as the server prefers is not.
func TestConverted(t *testing.T) {
	sources := ours(t)
	server := holding(sources)
	g := asking(t, server)
	ask := g.asker()
	way, err := ask.resources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var converted []byte
	if data, err := ask.answer(t.Context(), nil, way.path(livetest.Preferred, "go-goroutines")); err == nil {
		converted = data
	}
	r := diff.Compare([]diff.File{{Path: "a.json", Data: server.Boards[1].Spec}}, []diff.File{{Path: "a.json", Data: converted}})
	if r.Worst() == 0 {
		t.Error("the stand-in's conversion changes nothing, so this test shows nothing")
	}
	server = holding(sources)
	server.Boards[0].Version = livetest.Preferred
	told(t, asking(t, server), sources)
	alone := 0
	for _, path := range server.Asked() {
		if strings.Contains(path, "/dashboards/") {
			alone++
			if !strings.HasPrefix(path, "/apis/dashboard.grafana.app/v0alpha1/namespaces/org-2/dashboards/go-") {
				t.Error(path)
			}
		}
	}
	if alone != len(server.Boards)-1 {
		t.Errorf("%d of %d boards were asked for alone", alone, len(server.Boards))
	}
}

// TestV2: a board that somebody saved as v2, which the preferred version cannot say, is read as v2. The source may be
// classic.
func TestV2(t *testing.T) {
	v2 := `{"title": "Shop", "elements": {"panel-1": {"kind": "Panel", "spec": {"id": 1, "title": "Requests", "links": [],
		"data": {"kind": "QueryGroup", "spec": {"queries": [], "transformations": [], "queryOptions": {}}},
		"vizConfig": {"kind": "VizConfig", "group": "stat", "version": "13.2.3", "spec": {"options": {},
		"fieldConfig": {"defaults": {"unit": "%s"}, "overrides": []}}}}}},
		"layout": {"kind": "GridLayout", "spec": {"items": [{"kind": "GridLayoutItem", "spec": {"x": 0, "y": 0, "width": 12, "height": 8,
		"element": {"kind": "ElementReference", "name": "panel-1"}}}]}}, "timeSettings": {}, "variables": [], "annotations": []}`
	source := []diff.File{{Path: "shop.json", Data: []byte(`{"uid": "shop", "title": "Shop", "panels": [{"id": 1, "title": "Requests", "type": "stat",
		"gridPos": {"x": 0, "y": 0, "w": 12, "h": 8}, "fieldConfig": {"defaults": {"unit": "s"}}}]}`)}}
	for unit, want := range map[string]string{"s": "", "ms": "shop.json: Requests: unit: s → ms\n"} {
		server := &livetest.Server{Boards: []livetest.Board{{UID: "shop", Version: livetest.V2, Spec: fmt.Appendf(nil, v2, unit)}}}
		if got := told(t, asking(t, server), source); got != want {
			t.Errorf("unit %s: %s", unit, got)
		}
	}
}

// TestInterrupted: an interrupt ends the questions.
func TestInterrupted(t *testing.T) {
	for _, isOlder := range []bool{false, true} {
		server := holding(ours(t))
		server.Older = isOlder
		ctx, cancel := context.WithCancel(t.Context())
		server.Refuse = func(_ http.ResponseWriter, r *http.Request) bool {
			if strings.Contains(r.URL.Path, "/dashboards/") {
				cancel()
				<-r.Context().Done()
			}
			return false
		}
		if _, err := asking(t, server).Read(ctx, ours(t)); err != context.Canceled {
			t.Errorf("older %t: %v", isOlder, err)
		}
		cancel()
	}
}
