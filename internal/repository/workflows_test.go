package repository

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// workflow is what the rules below read of a workflow.
type workflow struct {
	On          yaml.Node
	Permissions map[string]string
	Jobs        map[string]struct {
		Timeout     int `yaml:"timeout-minutes"`
		Permissions map[string]string
		Steps       []struct {
			Uses, Run string
			With      map[string]string
		}
	}
}

func readWorkflow(t *testing.T, path string) (w workflow, text string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err == nil {
		err = yaml.Unmarshal(data, &w)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return w, string(data)
}

// events returns the names of the events that start it.
func (w workflow) events() []string {
	var names []string
	for i := 0; i < len(w.On.Content); i += 2 {
		names = append(names, w.On.Content[i].Value)
	}
	return names
}

// commentJob may write, so it is the one job with rules of its own.
const commentJob = ".github/workflows/dashboards-comment.yml"

// TestWorkflows: whoever opens a pull request gets neither a token that writes nor a shell with words of theirs in it, and
// nobody else's tag decides what code runs.
func TestWorkflows(t *testing.T) {
	readsAll(t)
	paths, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(paths) < 3 {
		t.Fatal(paths, err)
	}
	pinned := regexp.MustCompile(`(?m)uses: (\S+@[0-9a-f]{40}) # v\d+\.\d+\.\d+$`)
	for _, path := range paths {
		w, text := readWorkflow(t, path)
		if events := w.events(); len(events) == 0 || slices.Contains(events, "pull_request_target") {
			t.Errorf("%s: starts on %q", path, events)
		}
		if onlyRead := len(w.Permissions) == 1 && w.Permissions["contents"] == "read"; w.Permissions == nil || !onlyRead && len(w.Permissions) > 0 {
			t.Errorf("%s: permissions %v, want contents: read or none", path, w.Permissions)
		}
		var uses []string
		for _, found := range pinned.FindAllStringSubmatch(text, -1) {
			uses = append(uses, found[1])
		}
		for name, job := range w.Jobs {
			if path != commentJob && job.Permissions != nil || job.Timeout == 0 {
				t.Errorf("%s: %s: permissions of its own, or no timeout", path, name)
			}
			for _, step := range job.Steps {
				if step.Uses != "" && !slices.Contains(uses, step.Uses) {
					t.Errorf("%s: %s: name a commit, and its version in a comment", path, step.Uses)
				}
				if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != "false" {
					t.Errorf("%s: %s keeps the credentials", path, step.Uses)
				}
				if strings.Contains(step.Run+step.With["script"], "${{") {
					t.Errorf("%s: a value becomes code: pass it in env:\n%s", path, step.Run+step.With["script"])
				}
			}
		}
	}
}

// TestCommentJob: the job that may write checks out nothing and runs no program.
func TestCommentJob(t *testing.T) {
	readsAll(t)
	w, _ := readWorkflow(t, commentJob)
	job := w.Jobs["comment"]
	if len(w.Jobs) != 1 || len(w.Permissions) > 0 || len(job.Permissions) != 2 ||
		job.Permissions["actions"] != "read" || job.Permissions["pull-requests"] != "write" {
		t.Errorf("jobs %v with %v", w.Jobs, w.Permissions)
	}
	for _, step := range job.Steps {
		name, _, _ := strings.Cut(step.Uses, "@")
		if step.Run != "" || name != "actions/download-artifact" && name != "actions/github-script" {
			t.Errorf("a step may not be there: %s%s", step.Uses, step.Run)
		}
	}
	// What one job writes the other reads.
	diff, text := readWorkflow(t, ".github/workflows/dashboards.yml")
	if upload := diff.Jobs["diff"].Steps; upload[len(upload)-1].With["name"] != job.Steps[0].With["name"] || !strings.Contains(text, "name: dashboards\n") {
		t.Error("the file's name, or the workflow's, differs")
	}
}
