// Package browser opens pages in a headless Chromium and finds the files of npm packages, for tests: what a reader sees is
// tested where a reader sees it. No command links it. It installs nothing: .ci/browser does, and prints the variables that
// name what it found. Without them a test is skipped; in CI it fails.
package browser

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The variables that .ci/browser prints: Chromium's program, and the folder of the npm packages.
const (
	chromium    = "GAUGEWRIGHT_CHROMIUM"
	nodeModules = "GAUGEWRIGHT_NODE_MODULES"
)

// patience is how long a tab lives. Chromium starts within seconds, also on a busy machine.
const patience = 2 * time.Minute

// Tab returns an empty tab in a browser of its own, for chromedp, until the test ends. It reaches loopback and nothing
// else.
func Tab(t testing.TB) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(named(t, chromium)),
		chromedp.UserDataDir(t.TempDir()),
		// Root has no sandbox, nor has a container without user namespaces. What is opened here is ours.
		chromedp.NoSandbox,
		chromedp.Flag("disable-dev-shm-usage", true), // containers have little of it
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		chromedp.WSURLReadTimeout(patience),
	)
	ctx, stopWaiting := context.WithTimeout(context.Background(), patience)
	ctx, stopProcess := chromedp.NewExecAllocator(ctx, options...)
	ctx, _ = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Errorf("the browser does not end: %v", err)
		}
		stopProcess()
		stopWaiting()
	})
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// Value returns what a JavaScript expression evaluates to in a tab. It waits for a promise.
func Value[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v: in the browser: %.200s", err, expression)
	}
	return value
}

// File returns the path of a file in the npm packages, such as mermaid/dist/mermaid.min.js.
func File(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(named(t, nodeModules), filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v: name its package in .ci/browser-packages and run .ci/browser again", err)
	}
	return path
}

// named returns what a variable of .ci/browser says.
func named(t testing.TB, variable string) string {
	t.Helper()
	value := os.Getenv(variable)
	switch {
	case value != "":
	case os.Getenv("CI") != "":
		t.Fatalf("%s is not set: run eval \"$(.ci/browser)\" before the tests", variable)
	default:
		t.Skipf("needs a browser: run eval \"$(.ci/browser)\" before the tests")
	}
	return value
}
