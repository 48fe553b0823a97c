package browser

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestTab: a tab shows a page of loopback, and reaches nobody else.
func TestTab(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><script>document.title = 6 * 7</script>`)
	}))
	defer server.Close()
	tab := Tab(t)
	if err := chromedp.Do(tab, chromedp.Navigate(server.URL)); err != nil {
		t.Fatal(err)
	}
	if title := Value[string](t, tab, "Promise.resolve(document.title)"); title != "42" {
		t.Errorf("title %q", title)
	}
	for _, address := range []string{"http://example.com/", "http://192.0.2.1/"} {
		err := chromedp.Do(tab, chromedp.Navigate(address))
		if err == nil || err.Error() != "page load error net::ERR_NAME_NOT_RESOLVED" {
			t.Errorf("%s is reached, or something else went wrong: %v", address, err)
		}
	}
}

// TestMissing: without a browser a test is skipped; in CI it fails and says what to do.
func TestMissing(t *testing.T) {
	t.Setenv(chromium, "")
	for ci, want := range map[string]error{"": errSkipped, "true": errFailed} {
		t.Setenv("CI", ci)
		if got := outcome(func(t testing.TB) { Tab(t) }); !errors.Is(got, want) {
			t.Errorf("CI=%q: %v, want %v", ci, got, want)
		}
	}
}

// TestFile: the packages that the tests of this repository load are there.
func TestFile(t *testing.T) {
	for _, name := range []string{"mermaid/dist/mermaid.min.js", "axe-core/axe.min.js", "markdown-it/package.json"} {
		File(t, name)
	}
	t.Setenv(nodeModules, t.TempDir())
	if got := outcome(func(t testing.TB) { File(t, "none/none.js") }); !errors.Is(got, errFailed) {
		t.Errorf("a file that is not there: %v", got)
	}
}

var errSkipped, errFailed = errors.New("skipped"), errors.New("failed")

// outcome says how a test would end.
func outcome(test func(testing.TB)) (err error) {
	defer func() {
		if ended, ok := recover().(error); ok {
			err = ended
		}
	}()
	test(ends{})
	return nil
}

// ends is a test that tells how it ended.
type ends struct{ testing.TB }

func (ends) Helper()               {}
func (ends) Skipf(string, ...any)  { panic(errSkipped) }
func (ends) Fatalf(string, ...any) { panic(errFailed) }
