package diff

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gaugewright/internal/browser"
	"gaugewright/internal/lint"
)

// pictures, where set, is a folder for pictures of the comments, to look at.
var pictures = os.Getenv("GAUGEWRIGHT_PICTURES")

// rendered is what a comment is made of in a browser. testdata/browser/comment.html makes it.
type rendered struct {
	Elements, Attributes []string
	Bare                 string // the text that is not code
	Sections             int
	Diagrams             []struct {
		Labels, Elements []string
		Fills            []string // of each label's box
		Cut              []string
	}
}

// commentPage opens the page that shows comments.
func commentPage(t *testing.T) context.Context {
	t.Helper()
	tab := browser.Tab(t)
	page := http.NewServeMux()
	page.Handle("/", http.FileServer(http.Dir("testdata/browser")))
	for _, name := range []string{"markdown-it/dist/browser/markdown-it.umd.min.js", "mermaid/dist/mermaid.min.js"} {
		file := browser.File(t, name)
		page.HandleFunc("/npm/"+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) })
	}
	server := httptest.NewServer(page)
	t.Cleanup(server.Close)
	if err := chromedp.Do(tab, chromedp.Navigate(server.URL+"/comment.html")); err != nil {
		t.Fatal(err)
	}
	return tab
}

// TestRendered: in a real browser, every diagram draws, and what comes from a board is text: as code in the comment, as a
// label in the diagram.
func TestRendered(t *testing.T) {
	tab := commentPage(t)
	for name, r := range comments(t) {
		t.Run(name, func(t *testing.T) {
			text := &strings.Builder{}
			if err := r.Markdown(text); err != nil {
				t.Fatal(err)
			}
			argument, err := json.Marshal(text.String())
			if err != nil {
				t.Fatal(err)
			}
			got := browser.Value[rendered](t, tab, "show("+string(argument)+")")
			keep(t, tab, name)
			isText(t, got)
			areDrawn(t, r, got)
		})
	}
}

// comments are comparisons of many kinds.
func comments(t *testing.T) map[string]*Result {
	all := map[string]*Result{
		"hostile":           compareBoards(hostileBoard(t, "a"), hostileBoard(t, "b")),
		"hostile-unchanged": compareBoards(hostileBoard(t, "a"), bytes.Replace(hostileBoard(t, "a"), []byte(`"title":"\u003c/code`), []byte(`"title":"x\u003c/code`), 1)),
		"hostile-added":     Compare(nil, []File{{Path: "</details><h1>EVIL", Data: hostileBoard(t, "a")}}),
		"hostile-removed":   Compare([]File{{Path: "`EVIL` @EVIL", Data: hostileBoard(t, "a")}}, nil),
	}
	for i := 0; i < len(hostile); i += 18 {
		all[fmt.Sprint("hostile-findings-", i)] = hostileFindings(t, i, min(i+18, len(hostile)))
	}
	file, name := `x)_](y "<b>&@z.json`, `x)_](y "<b>&@z.svg`
	pictures := Compare([]File{{Path: file, Data: hostileBoard(t, "a")}}, []File{{Path: file, Data: hostileBoard(t, "b")}})
	pictures.Show(Pictures{"https://host.test/1/", map[string]bool{name: true}}, Pictures{"https://host.test/2/", map[string]bool{name: true}})
	all["pictures"] = pictures
	boards := ours(t)
	all["what-changed"] = example(t, boards["go-goroutines.json"])
	for i, name := range []string{"go-http.json", "go-memory.json", "public 3", "public 11", "go-http-instances.json"} {
		other := strings.NewReplacer(`"unit": "s"`, `"unit": "ms"`, "[5m]", "[1m]", `"title": "G`, `"title": "Our g`).Replace(string(boards[name]))
		all[name] = compareBoards(boards[name], []byte(other))
		all[name+" rewritten"] = compareBoards(boards[name], boards[[]string{"go-gc.json", "go-http.json", "public 8"}[i%3]])
	}
	return all
}

// example is what README.md shows, a change of three panels, and what lint finds in them. Its picture is made by
//
//	GAUGEWRIGHT_PICTURES=$PWD/docs go test ./internal/diff -run Rendered/what-changed
func example(t *testing.T, data []byte) *Result {
	board := decode(t, data)
	var panels list
	for _, one := range board["panels"].(list) {
		p := one.(object)
		switch p["title"] {
		case "GOMAXPROCS":
			continue
		case "Goroutines waiting for locks":
			p["fieldConfig"].(object)["defaults"].(object)["unit"] = "percentunit"
			p["targets"].(list)[0].(object)["legendFormat"] = "{{job}} {{instance}}"
		case "CPU saturation":
			q := p["targets"].(list)[0].(object)
			q["expr"] = strings.ReplaceAll(q["expr"].(string), "[$__rate_interval]", "[1m]")
		}
		panels = append(panels, p)
	}
	board["panels"] = append(panels, object{
		"id": 1, "title": "What to do about a leak", "type": "text", "gridPos": object{"x": 0, "y": 1000, "w": 24, "h": 4},
		"options": object{"content": "Look at /debug/pprof/goroutine?debug=1."},
	})
	old, new := linted("grafana/go-goroutines.json", data), linted("grafana/go-goroutines.json", encode(t, board))
	return Compare([]File{old}, []File{new})
}

// linted is a file with what lint finds in it.
func linted(path string, data []byte) File {
	f := File{Path: path, Data: data}
	for _, found := range lint.Lint(lint.Read([]lint.Source{{Path: path, Data: data}}), lint.NewMetrics()).Findings {
		f.Findings = append(f.Findings, Finding{Place: found.Place, Rule: found.Rule, Severity: string(found.Severity), Text: found.Reported().Text})
	}
	return f
}

var picture = regexp.MustCompile(`^src=https://host\.test/[12]/x%29%5F%5D%28y%20%22%3Cb%3E%26%40z\.svg$`)

// isText: nothing in the comment is an element, an attribute, a mention or a link but ours.
func isText(t *testing.T, got rendered) {
	t.Helper()
	ours := []string{"p", "strong", "ul", "li", "code", "pre", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "img"}
	for _, name := range got.Elements {
		if !slices.Contains(ours, name) {
			t.Errorf("an element %s", name)
		}
	}
	for _, attribute := range got.Attributes {
		isOurs := slices.Contains([]string{"class=language-diff", "class=language-mermaid", "alt=before", "alt=after"}, attribute)
		if !isOurs && !picture.MatchString(attribute) {
			t.Errorf("an attribute %s", attribute)
		}
	}
	if strings.Contains(got.Bare, "EVIL") || strings.ContainsAny(got.Bare, "@#<>`*_~$[]\\|") {
		t.Errorf("not code: %s", got.Bare)
	}
}

// fillOf are the colors of the states: grey, green, amber, red.
var fillOf = map[state]string{
	unchanged: "rgb(231, 231, 234)", isAdded: "rgb(198, 240, 207)", isChanged: "rgb(255, 232, 163)", isRemoved: "rgb(255, 208, 204)", rowIsTitle: "none",
	rowIsGone: "none",
}

// areDrawn: each section with a diagram shows every block by its label, in the color of its state.
func areDrawn(t *testing.T, r *Result, got rendered) {
	t.Helper()
	if got.Sections != len(r.Sections) {
		t.Errorf("%d sections, want %d", got.Sections, len(r.Sections))
	}
	n := 0
	for _, s := range r.Sections {
		text := s.picture()
		if text == "" {
			continue
		}
		if n == len(got.Diagrams) {
			t.Errorf("%d diagrams, want more", n)
			return
		}
		drawn := got.Diagrams[n]
		n++
		if len(text) > maxPicture {
			t.Errorf("a diagram of %d bytes", len(text))
		}
		var want, fills []string
		for _, b := range slices.Concat(s.blocks()...) {
			want, fills = append(want, b.label()), append(fills, fillOf[b.state])
		}
		if !slices.Equal(drawn.Labels, want) || !slices.Equal(drawn.Fills, fills) {
			t.Errorf("labels\n%q\n%s\nwant\n%q\n%s", drawn.Labels, drawn.Fills, want, fills)
		}
		mermaids := []string{"style", "defs", "filter", "feDropShadow", "marker", "path", "polygon", "circle", "g", "rect", "foreignObject", "div", "span", "p"}
		for _, name := range drawn.Elements {
			if !slices.Contains(mermaids, name) {
				t.Errorf("an element %s in a diagram", name)
			}
		}
		if len(drawn.Cut) > 0 {
			t.Errorf("wider than their boxes: %q", drawn.Cut)
		}
	}
	if n != len(got.Diagrams) {
		t.Errorf("%d diagrams, want %d", len(got.Diagrams), n)
	}
}

// keep keeps what the tab shows.
func keep(t *testing.T, tab context.Context, name string) {
	t.Helper()
	if pictures == "" {
		return
	}
	data, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(pictures, name+".png"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
