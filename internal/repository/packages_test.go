package repository

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"
)

// TestBrowserPackages: the npm packages of the tests in a browser are pinned, each by version and hash, and come from the
// registry that a machine is set up for.
func TestBrowserPackages(t *testing.T) {
	readsAll(t)
	type packages struct {
		Dependencies map[string]string
		Packages     map[string]struct{ Version, Resolved, Integrity string }
	}
	read := func(name string) (p packages) {
		data, err := os.ReadFile(".ci/browser-packages/" + name)
		if err == nil {
			err = json.Unmarshal(data, &p)
		}
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	exact := regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	for name, version := range read("package.json").Dependencies {
		if !exact.MatchString(version) {
			t.Errorf("%s %s: name one version", name, version)
		}
	}
	locked := read("package-lock.json").Packages
	if len(locked) < 3 {
		t.Errorf("%d packages are locked", len(locked))
	}
	for name, p := range locked {
		if p.Resolved != "" {
			t.Errorf("%s is bound to %s: run npm install --omit-lockfile-registry-resolved", name, p.Resolved)
		}
		if name != "" && (p.Version == "" || p.Integrity == "") {
			t.Errorf("%s has no version or no hash", name)
		}
	}
}
