package preview

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gaugewright/internal/browser"
	"gaugewright/internal/source"
)

// own returns the page of the repository's boards over the recorded run.
func own(b *testing.B) *Preview {
	b.Helper()
	files, run := repository(b)
	p := New(Options{Source: source.Memory{Engine: run.Engine}, Scrape: files.Interval, Now: func() time.Time { return run.End }})
	p.Show(files)
	return p
}

// BenchmarkBoard refreshes the first board, and the largest one, over an hour. Target: 150 ms.
func BenchmarkBoard(b *testing.B) {
	p := own(b)
	for _, key := range []string{"go-overview", "go-memory"} {
		b.Run(key, func(b *testing.B) {
			for b.Loop() {
				answer := httptest.NewRecorder()
				p.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/api/board?range=60m&board="+key, nil))
				if answer.Code != http.StatusOK {
					b.Fatal(answer.Body)
				}
			}
		})
	}
}

// BenchmarkLoad opens the page in a browser until the first board's plots are drawn. Target: 1 s.
func BenchmarkLoad(b *testing.B) {
	tab := browser.Tab(b)
	p := own(b)
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = Guard(server.Listener.Addr(), p.Handler())
	server.Start()
	defer server.Close()
	for n := 0; b.Loop(); n++ {
		if err := chromedp.Do(tab, chromedp.Navigate(fmt.Sprintf("%s/?range=60m&n=%d", server.URL, n))); err != nil {
			b.Fatal(err)
		}
		browser.Value[bool](b, tab, `new Promise((done) => {
			const look = () => (document.querySelectorAll('.panel canvas').length > 3 ? done(true) : requestAnimationFrame(look));
			look();
		})`)
	}
}
