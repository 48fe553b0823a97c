package preview

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"gaugewright/internal/browser"
)

// seen is what a browser did behind a viewer's back.
type seen struct {
	mu        sync.Mutex
	addresses []string
	errors    []string
}

func (s *seen) take(event any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		s.addresses = append(s.addresses, e.Request.URL)
	case *runtime.EventExceptionThrown:
		s.errors = append(s.errors, e.ExceptionDetails.Text+" "+e.ExceptionDetails.Exception.Description)
	case *runtime.EventConsoleAPICalled:
		s.errors = append(s.errors, fmt.Sprintf("console.%s: %s", e.Type, e.Args[0].Value))
	case *log.EventEntryAdded:
		s.errors = append(s.errors, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	}
}

// becomes waits until an expression has a value in the tab.
func becomes(t *testing.T, tab context.Context, expression, want string) {
	t.Helper()
	got := browser.Value[string](t, tab, fmt.Sprintf(`new Promise((done) => {
		const end = Date.now() + 20000;
		const look = () => {
			let value;
			try { value = String(%s) } catch (error) { value = String(error) }
			if (value === %q || Date.now() > end) done(value); else setTimeout(look, 30);
		};
		look();
	})`, expression, want))
	if got != want {
		t.Fatalf("%s is %q, want %q", expression, got, want)
	}
}

func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// panel is a selector of something in a panel.
func panel(id, within string) string {
	return fmt.Sprintf(`document.querySelector('[data-panel="%s"] %s')`, id, within)
}

// picture writes a screenshot where a person asks for some.
func picture(t *testing.T, tab context.Context, name string) {
	t.Helper()
	folder := os.Getenv("GAUGEWRIGHT_PICTURES")
	if folder == "" {
		return
	}
	data, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), data, 0o644)
	}
	if err != nil {
		t.Error(err)
	}
}

// TestPage: what a viewer does with the page, in a browser.
func TestPage(t *testing.T) {
	tab := browser.Tab(t)
	s := newShop(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go s.Judge(ctx)
	go Watch(ctx, Stamp(s.board), func() string { return Stamp(s.board) }, func() { s.read(t) })
	var behind seen
	if err := chromedp.Listen(tab, behind.take); err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.EmulateViewport(1200, 900), chromedp.Navigate(s.server.URL+"/?refresh=1"))
	for _, step := range []struct {
		name string
		do   func(*testing.T, context.Context, *shop)
	}{
		{"the board loads", loads}, {"values change", changes}, {"hovering shows values", hovers}, {"the legend switches", toggles},
		{"a variable filters", filters}, {"dragging zooms", zooms}, {"a link shows the same", links}, {"a panel fills the page", fills},
		{"a panel says what it is", tells}, {"a saved board shows", reloads}, {"alerts are listed", lists},
		{"a narrow page", narrows}, {"nothing serious for axe", accessible},
	} {
		if !t.Run(step.name, func(t *testing.T) { step.do(t, tab, s) }) {
			picture(t, tab, "failed")
			break
		}
	}
	behind.mu.Lock()
	defer behind.mu.Unlock()
	for _, e := range behind.errors {
		t.Error("in the console:", e)
	}
	for _, address := range behind.addresses {
		if !strings.HasPrefix(address, s.server.URL+"/") && !strings.HasPrefix(address, "data:") {
			t.Error("a request beyond the own origin:", address)
		}
	}
	if len(behind.addresses) == 0 {
		t.Error("no request was seen")
	}
}

func loads(t *testing.T, tab context.Context, s *shop) {
	becomes(t, tab, `document.title`, "Shop")
	becomes(t, tab, `document.querySelectorAll('.panel').length`, "5")
	becomes(t, tab, `document.querySelectorAll('.panel canvas').length`, "2")
	becomes(t, tab, panel("3", "img")+".alt", "Now: "+text(queue("api", noon)+queue("web", noon)))
	becomes(t, tab, panel("5", "h2")+".textContent", "<img src=x onerror=document.title='bad'>")
	becomes(t, tab, panel("4", ".dead")+".textContent", "dead: there is no metric tills_total")
	becomes(t, tab, `document.querySelector('#gaps li').textContent`, "links The links of the board are not drawn.")
	becomes(t, tab, panel("3", ".range")+".textContent", "Last 3 minutes")
	becomes(t, tab, `document.querySelector('#boards .count').textContent`, "1 dead")
	// Two lines have three colors, as their values have it.
	becomes(t, tab, `(() => {
		const canvas = `+panel("2", "canvas")+`;
		const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
		copy.drawImage(canvas, 0, 0);
		const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
		const seen = new Set();
		for (let i = 0; i < data.length; i += 4) {
			const [r, g, b, alpha] = data.slice(i, i + 4);
			if (alpha !== 255) continue;
			if (g > 150 && r < 130) seen.add('green');
			if (r > 235 && g > 100 && g < 170 && b < 90) seen.add('orange');
			if (r > 215 && g < 90) seen.add('red');
		}
		return [...seen].sort().join();
	})()`, "green,orange,red")
	picture(t, tab, "page")
}

func changes(t *testing.T, tab context.Context, s *shop) {
	at := noon.Add(scrapes)
	s.scrape(t, at)
	becomes(t, tab, panel("3", "img")+".alt", "Now: "+text(queue("api", at)+queue("web", at)))
}

// hovers moves the mouse over a plot: the values are those that the engine has at that time, and the other plot has a
// crosshair too.
func hovers(t *testing.T, tab context.Context, s *shop) {
	over := panel("1", ".u-over")
	box := browser.Value[[]float64](t, tab, fmt.Sprintf(`(() => { const r = %s.getBoundingClientRect(); return [r.left, r.top, r.width, r.height] })()`, over))
	x, y := box[0]+box[2]*0.6, box[1]+box[3]*0.4
	do(t, tab, chromedp.MouseEvent(chromedp.MouseMoved, x-3, y), chromedp.MouseEvent(chromedp.MouseMoved, x, y))
	becomes(t, tab, panel("1", ".tip")+".hidden", "false")
	becomes(t, tab, panel("2", ".u-cursor-x")+".classList.contains('u-off')", "false")
	lines := strings.Split(browser.Value[string](t, tab, panel("1", ".tip")+".innerText"), "\n")
	at, err := time.ParseInLocation(time.DateTime, lines[0], time.Local)
	if err != nil || len(lines) != 5 {
		t.Fatalf("%q: %v", lines, err)
	}
	for i := 1; i < len(lines); i += 2 {
		result, err := s.engine.Instant(t.Context(), fmt.Sprintf("queue_length{job=%q}", lines[i]), at)
		if err != nil || text(result.Series[0].Samples[0].V) != lines[i+1] {
			t.Errorf("%s at %s: the page says %s, the engine %v, %v", lines[i], at, lines[i+1], result.Series, err)
		}
	}
	picture(t, tab, "hover")
	do(t, tab, chromedp.MouseEvent(chromedp.MouseMoved, 5, 700))
	becomes(t, tab, panel("1", ".tip")+".hidden", "true")
}

func toggles(t *testing.T, tab context.Context, s *shop) {
	button := panel("2", "button.name")
	becomes(t, tab, button+".textContent", "api")
	browser.Value[any](t, tab, button+".click()")
	becomes(t, tab, button+".ariaPressed", "false")
	becomes(t, tab, `document.activeElement === `+button, "true")
	s.scrape(t, time.UnixMilli(s.clock.Load()).Add(scrapes))
	becomes(t, tab, panel("2", "tbody td.number")+" !== null && "+button+".ariaPressed", "false") // a refresh leaves it so
	browser.Value[any](t, tab, button+".click()")
	becomes(t, tab, button+".ariaPressed", "true")
}

func filters(t *testing.T, tab context.Context, s *shop) {
	picker := `document.querySelector('details[data-variable="job"]')`
	browser.Value[any](t, tab, picker+".querySelector('summary').click()")
	becomes(t, tab, picker+".querySelectorAll('li').length", "3")
	do(t, tab, chromedp.KeyEvent("we"))
	becomes(t, tab, picker+".querySelectorAll('li').length", "1")
	picture(t, tab, "variable")
	browser.Value[any](t, tab, picker+".querySelector('li input').click()")
	browser.Value[any](t, tab, `document.querySelector('#title').click()`)
	becomes(t, tab, panel("1", ".names")+".innerText", "web")
	becomes(t, tab, picker+".querySelector('b').textContent", "web")
	becomes(t, tab, `new URLSearchParams(location.search).getAll('var-job').join()`, "web")
	becomes(t, tab, panel("3", "img")+".alt", "Now: "+text(queue("web", time.UnixMilli(s.clock.Load()))))
}

func zooms(t *testing.T, tab context.Context, s *shop) {
	box := browser.Value[[]float64](t, tab, fmt.Sprintf(`(() => { const r = %s.getBoundingClientRect(); return [r.left, r.top, r.width, r.height] })()`, panel("1", ".u-over")))
	y := box[1] + box[3]/2
	left := func(p *input.DispatchMouseEventParams) { p.Button, p.Buttons = input.MouseButtonLeft, 1 }
	do(t, tab, chromedp.MouseEvent(chromedp.MouseMoved, box[0]+box[2]*0.25, y),
		chromedp.MouseEvent(chromedp.MousePressed, box[0]+box[2]*0.25, y, left, chromedp.ClickCount(1)),
		chromedp.MouseEvent(chromedp.MouseMoved, box[0]+box[2]*0.5, y, left), chromedp.MouseEvent(chromedp.MouseMoved, box[0]+box[2]*0.75, y, left),
		chromedp.MouseEvent(chromedp.MouseReleased, box[0]+box[2]*0.75, y, left, chromedp.ClickCount(1)))
	becomes(t, tab, `(() => { const q = new URLSearchParams(location.search); return Math.abs((q.get('to') - q.get('from')) / 150000 - 1) < 0.1 })()`, "true")
	becomes(t, tab, `[...document.querySelectorAll('#times button')].map((one) => one.textContent).join()`, "Zoom out")
}

// links opens the address in a page of its own: what is shown is the same.
func links(t *testing.T, tab context.Context, s *shop) {
	shown := `JSON.stringify([document.title, location.search, document.querySelector('#bar').innerText, ` +
		`...[...document.querySelectorAll('.panel')].map((one) => one.innerText + (one.querySelector('img')?.alt ?? ''))])`
	do(t, tab, chromedp.MouseEvent(chromedp.MouseMoved, 5, 700)) // no values at the crosshair
	becomes(t, tab, panel("1", ".tip")+".hidden", "true")
	before := browser.Value[string](t, tab, shown)
	address := browser.Value[string](t, tab, `location.href`)
	do(t, tab, chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	becomes(t, tab, shown, before)
	browser.Value[any](t, tab, `document.querySelector('#times button').click()`)
	becomes(t, tab, `location.search`, "?var-job=web&refresh=1")
	do(t, tab, chromedp.Navigate(s.server.URL+"/?refresh=1"))
}

func fills(t *testing.T, tab context.Context, s *shop) {
	becomes(t, tab, panel("1", "canvas")+" !== null", "true")
	browser.Value[any](t, tab, panel("1", `[aria-label^="Full"]`)+".click()")
	becomes(t, tab, `document.querySelectorAll('.panel').length + location.search`, "1?panel=1&refresh=1")
	becomes(t, tab, panel("1", "canvas")+".clientHeight > 500", "true")
	picture(t, tab, "full")
	do(t, tab, chromedp.KeyEvent("\x1b"))
	becomes(t, tab, `document.querySelectorAll('.panel').length + location.search`, "5?refresh=1")
}

func tells(t *testing.T, tab context.Context, s *shop) {
	becomes(t, tab, panel("4", ".dead")+" !== null", "true")
	browser.Value[any](t, tab, panel("4", `[aria-label^="About"]`)+".click()")
	text := browser.Value[string](t, tab, `document.querySelector('#about').innerText`)
	for _, want := range []string{"Gone", "Dead: there is no metric tills_total", `rate(tills_total{job=~"$job"}[5m])`, `job=~"(api|web)"`, "query A: dead"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %s", text, want)
		}
	}
	picture(t, tab, "about")
	do(t, tab, chromedp.KeyEvent("\x1b"))
	becomes(t, tab, `document.querySelector('#about').open`, "false")
}

// reloads saves the board: broken, changed, and as it was.
func reloads(t *testing.T, tab context.Context, s *shop) {
	old, err := os.ReadFile(s.board)
	if err != nil {
		t.Fatal(err)
	}
	s.save(t, `{"panels": [`)
	becomes(t, tab, `document.querySelector('#problems').textContent.includes('shop.json')`, "true")
	s.save(t, strings.Replace(string(old), `"Queue"`, `"Line of people"`, 1))
	becomes(t, tab, panel("1", "h2")+".textContent", "Line of people")
	becomes(t, tab, `document.querySelector('#problems').textContent`, "")
	s.save(t, string(old))
	becomes(t, tab, panel("1", "h2")+".textContent", "Queue")
}

func lists(t *testing.T, tab context.Context, s *shop) {
	do(t, tab, chromedp.Navigate(s.server.URL+"/?alerts="))
	becomes(t, tab, `document.querySelector('#places').innerText`, "No alert would be pending or firing now.")
	browser.Value[any](t, tab, `document.querySelector('#boards a').click()`)
	becomes(t, tab, `document.title`, "Shop")
}

func narrows(t *testing.T, tab context.Context, s *shop) {
	do(t, tab, chromedp.EmulateViewport(400, 800), chromedp.Navigate(s.server.URL+"/"))
	becomes(t, tab, `document.querySelectorAll('.panel').length`, "5")
	becomes(t, tab, `document.documentElement.scrollWidth <= 400`, "true")
	becomes(t, tab, panel("1", "canvas")+".clientWidth > 300", "true")
	picture(t, tab, "narrow")
	do(t, tab, chromedp.EmulateViewport(1200, 900), chromedp.Navigate(s.server.URL+"/"))
	becomes(t, tab, panel("1", "canvas")+".clientWidth > 300", "true")
}

// accessible asks axe-core, in dark and in light.
func accessible(t *testing.T, tab context.Context, s *shop) {
	axe, err := os.ReadFile(browser.File(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	browser.Value[any](t, tab, string(axe)+"; 0")
	for _, scheme := range []string{"light", "dark"} {
		_, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		if err != nil {
			t.Fatal(err)
		}
		becomes(t, tab, `getComputedStyle(document.documentElement).backgroundColor`, map[string]string{
			"light": "rgb(244, 245, 245)", "dark": "rgb(17, 18, 23)"}[scheme])
		inspect(t, tab, scheme)
		browser.Value[any](t, tab, panel("4", `[aria-label^="About"]`)+".click()")
		inspect(t, tab, scheme+" about")
		do(t, tab, chromedp.KeyEvent("\x1b"))
	}
	picture(t, tab, "dark")
}

// inspect runs axe-core on what is shown.
func inspect(t *testing.T, tab context.Context, what string) {
	t.Helper()
	found := browser.Value[string](t, tab, `axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations
		.filter((one) => one.impact === 'serious' || one.impact === 'critical')
		.map((one) => one.id + ': ' + one.nodes.map((node) => node.html + ' ' + node.failureSummary).join('; ')).join('\n'))`)
	if found != "" {
		t.Errorf("%s: %s", what, found)
	}
}
