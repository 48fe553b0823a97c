package repository

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestDocumentedCode requires that the Go, PromQL and YAML in the pages is in the repository, word for word.
func TestDocumentedCode(t *testing.T) {
	readsAll(t)
	stands := map[string]string{
		"go":     contents(t, "dashboards/*.go", ownService+"/gen/*.go"),
		"promql": exprs(t, "provisioning/grafana/dashboards/*.json"),
		"yaml":   contents(t, ownService+"/testdata/*.yml", "provisioning/*/*.yml", "examples/*.yml"),
	}
	seen := map[string]int{}
	for _, page := range pages(t) {
		for _, b := range page.blocks {
			known, ok := stands[b.language]
			if !ok || b.file() != "" || strings.HasPrefix(b.text, "inhibit_rules:") {
				continue
			}
			seen[b.language]++
			if !strings.Contains(known, b.text) {
				t.Errorf("%s:%d: not in the repository:\n%s", page.path, b.line, b.text)
			}
		}
	}
	for language := range stands {
		if seen[language] == 0 {
			t.Errorf("no page has a block of %s", language)
		}
	}
}

func contents(t *testing.T, patterns ...string) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("no file is %s: %v", pattern, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

// exprs are the queries of boards, a line each.
func exprs(t *testing.T, pattern string) string {
	t.Helper()
	var all strings.Builder
	decoder := json.NewDecoder(strings.NewReader(contents(t, pattern)))
	for decoder.More() {
		var board struct {
			Panels []struct{ Targets []struct{ Expr string } }
		}
		if err := decoder.Decode(&board); err != nil {
			t.Fatal(err)
		}
		for _, panel := range board.Panels {
			for _, target := range panel.Targets {
				all.WriteString(target.Expr + "\n")
			}
		}
	}
	return all.String()
}

// inhibitRules are those that the pages give Alertmanager's configuration.
type inhibitRules struct {
	Rules []struct {
		Source []string `yaml:"source_matchers"`
		Target []string `yaml:"target_matchers"`
	} `yaml:"inhibit_rules"`
}

func (r inhibitRules) matchers() []string {
	var all []string
	for _, rule := range r.Rules {
		all = slices.Concat(all, rule.Source, rule.Target)
	}
	return all
}

// TestInhibitRules: what the pages tell Alertmanager to silence are alerts that there are.
func TestInhibitRules(t *testing.T) {
	readsAll(t)
	alerts := regexp.MustCompile(`(?m)- alert: (\w+)$`).FindAllStringSubmatch(contents(t, "provisioning/prometheus/rules/*.yml"), -1)
	var rules inhibitRules
	for _, page := range pages(t) {
		for _, b := range page.blocks {
			if !strings.HasPrefix(b.text, "inhibit_rules:") {
				continue
			}
			if err := yaml.Unmarshal([]byte(b.text), &rules); err != nil {
				t.Fatalf("%s:%d: %v", page.path, b.line, err)
			}
		}
	}
	if len(rules.matchers()) == 0 {
		t.Error("no page has inhibit rules")
	}
	for _, matcher := range rules.matchers() {
		for _, name := range strings.Split(matcherValue(matcher), "|") {
			like := regexp.MustCompile("^(" + name + ")$")
			if !slices.ContainsFunc(alerts, func(a []string) bool { return like.MatchString(a[1]) }) {
				t.Errorf("%s: there is no alert like %s", matcher, name)
			}
		}
	}
}

// matcherValue is the value in one of Alertmanager's matchers.
func matcherValue(matcher string) string {
	return strings.Trim(matcher[max(strings.IndexAny(matcher, "=!"), 0):], `=!~ "`)
}

// TestImportPicture: the packages of ARCHITECTURE.md's picture import those on their left.
func TestImportPicture(t *testing.T) {
	readsAll(t)
	imports := map[string][]string{}
	for _, p := range packages(t, "{{.ImportPath}} {{join .Imports \" \"}}", "./...") {
		paths := shortPaths(p)
		imports[paths[0]] = paths[1:]
	}
	drawn := 0
	for _, page := range pages(t) {
		for _, b := range page.blocks {
			if page.path != "ARCHITECTURE.md" || b.language != "" {
				continue
			}
			for _, arrow := range arrows(b.text) {
				drawn++
				if !slices.Contains(imports[arrow.by], arrow.imported) {
					t.Errorf("%s: %q does not import %q, but %q", page.path, arrow.by, arrow.imported, imports[arrow.by])
				}
			}
		}
	}
	if drawn == 0 {
		t.Error("there is no arrow")
	}
}

type arrow struct{ imported, by string }

// arrows are those of a picture such as "a <- b, c   a remark": b and c import a.
func arrows(picture string) []arrow {
	var all []arrow
	for line := range strings.Lines(picture) {
		chain := strings.Split(remark.ReplaceAllString(line, ""), " <- ")
		for i, left := range chain[:len(chain)-1] {
			for _, by := range strings.Split(chain[i+1], ", ") {
				for _, imported := range strings.Split(left, ", ") {
					all = append(all, arrow{imported, by})
				}
			}
		}
	}
	return all
}

func TestArrows(t *testing.T) {
	want := []arrow{{"a", "b"}, {"a", "c"}, {"b", "d"}, {"c", "d"}}
	if got := arrows("a <- b, c <- d   what it does\nnone\n"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

var remark = regexp.MustCompile(`(  .*)?\n`)

// shortPaths are import paths as the picture has them.
func shortPaths(paths []string) []string {
	var short []string
	for _, path := range paths {
		for _, above := range []string{"gaugewright/", "dashboards/", "internal/"} {
			path = strings.TrimPrefix(path, above)
		}
		short = append(short, path)
	}
	return short
}

// link is a link to a file, with its part.
var link = regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`)

// TestLinks: files that the pages link to are there.
func TestLinks(t *testing.T) {
	readsAll(t)
	for _, page := range pages(t) {
		for _, found := range link.FindAllStringSubmatch(page.text, -1) {
			if strings.HasPrefix(found[1], "http") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page.path), found[1])); errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s links to %s, which is not there", page.path, found[1])
			}
		}
	}
}
