package repository

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSecurityPage: the limits that SECURITY.md names are those of the code, the tests that it names exist, and every
// file of the code that writes files is in its table.
func TestSecurityPage(t *testing.T) {
	readsAll(t)
	data, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	if found := wrongLimits(t, page); len(found) > 0 {
		t.Errorf("the code has other limits: %q", found)
	}
	if broken := strings.Replace(page, "maxAnswer = 64 << 20", "maxAnswer = 65 << 20", 1); len(wrongLimits(t, broken)) != 1 {
		t.Error("a wrong limit is not noticed")
	}
	tests := map[string]bool{}
	writes := regexp.MustCompile(`\b(os|root)\.((WriteFile|Create|CreateTemp|Rename|Mkdir|MkdirAll|MkdirTemp)\(|OpenFile\(.*O_(WRONLY|RDWR))`)
	for _, name := range repositoryFiles(t) {
		if filepath.Ext(name) != ".go" {
			continue
		}
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") {
			if writes.Match(code) && !strings.Contains(page, "`"+name+"`") {
				t.Errorf("%s writes a file: say in SECURITY.md which command writes what where", name)
			}
			continue
		}
		for _, test := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(code), -1) {
			tests[test[1]] = true
		}
	}
	named := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(page, -1)
	for _, test := range named {
		if !tests[test[1]] {
			t.Errorf("there is no %s", test[1])
		}
	}
	for _, script := range regexp.MustCompile("`(\\S+\\.txtar)`").FindAllStringSubmatch(page, -1) {
		if _, err := os.Stat(script[1]); err != nil {
			t.Error(err)
		}
	}
	if len(named) < 10 {
		t.Errorf("only %d tests are named", len(named))
	}
}

// wrongLimits returns what a page says of the code's constants that is not so, or that there is too little of it.
func wrongLimits(t *testing.T, page string) (wrong []string) {
	t.Helper()
	limits := regexp.MustCompile("`(\\S+\\.go): (\\w+) = (.*?)`").FindAllStringSubmatch(page, -1)
	for _, limit := range limits {
		code, err := os.ReadFile(limit[1])
		if err != nil {
			t.Fatal(err)
		}
		declared := regexp.MustCompile(`\b` + limit[2] + `\b[ \w]*= ` + regexp.QuoteMeta(limit[3]) + `(\s|$)`)
		if !declared.Match(code) {
			wrong = append(wrong, limit[0])
		}
	}
	if len(limits) < 20 {
		wrong = append(wrong, "few limits")
	}
	return wrong
}

// TestSecurityWorkflow: known holes are looked for, and what the programs are made of is listed, also without a push.
func TestSecurityWorkflow(t *testing.T) {
	readsAll(t)
	w, text := readWorkflow(t, ".github/workflows/security.yml")
	for _, event := range []string{"push", "pull_request", "schedule"} {
		if !slices.Contains(w.events(), event) {
			t.Errorf("it does not start on %s", event)
		}
	}
	for _, does := range []string{"govulncheck -test ./...", "working-directory: examples/own-service", "cyclonedx-gomod bin ", "./app ./cmd/..."} {
		if !strings.Contains(text, does) {
			t.Errorf("it does not %s", does)
		}
	}
	if tools := regexp.MustCompile(`go install \S+@(\S+)`).FindAllStringSubmatch(text, -1); len(tools) != 2 || tools[0][1][0] != 'v' || tools[1][1][0] != 'v' {
		t.Errorf("the tools have no version: %q", tools)
	}
}

// TestDeployedVersions: the page on Kubernetes installs a version of the chart, and builds the image that the manifests
// run.
func TestDeployedVersions(t *testing.T) {
	readsAll(t)
	page, err := os.ReadFile("docs/deploy.md")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`helm install .* --version \d+\.\d+\.\d+ `).Match(page) {
		t.Error("the chart has no version")
	}
	manifest, err := os.ReadFile("provisioning/kubernetes/manifests/deployment.yaml")
	if err != nil {
		t.Fatal(err)
	}
	image := servers["api"].image
	for _, does := range []string{"docker build . -t " + image + "\n", "k3d image import " + image + " "} {
		if !strings.Contains(string(page), does) {
			t.Errorf("docs/deploy.md does not %q", does)
		}
	}
	if strings.Count(string(manifest), "image: "+image+"\n") != strings.Count(string(manifest), "image: ") {
		t.Errorf("the manifests run another image than %s", image)
	}
}
