package repository

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

type (
	object map[string]any
	list   []any
)

// written is what the script of dashboards-comment.yml wrote.
type written struct {
	Created, Updated int // the pull request's number, the comment's id
	Body, Failed     string
}

// pull is an open pull request of a branch of a fork.
func pull(number int, owner string, repository int, branch, commit string) object {
	return object{"number": number, "state": "open", "head": object{"ref": branch, "sha": commit, "repo": object{"id": repository, "owner": object{"login": owner}}}}
}

func posted(id, issue int, author, body string) object {
	return object{"id": id, "issue": issue, "user": object{"login": author}, "body": body}
}

// TestComment: there is one comment, ours, on the pull request of the commit that was compared, whatever the file says.
func TestComment(t *testing.T) {
	const marker, bot, gone = "<!-- gaugewright: dashboards -->\n", "github-actions[bot]", "Nothing differs on the dashboards any more."
	ours, theirs := pull(7, "them", 2, "x", "c1"), pull(8, "others", 3, "x", "c1")
	for _, c := range []struct {
		name, file      string
		pulls, comments list
		want            []written
	}{
		{"first", "**1 board**\n", list{theirs, ours}, nil, []written{{Created: 7, Body: marker + "**1 board**"}}},
		{"again", "new", list{ours}, list{posted(1, 7, "someone", marker+"old"), posted(2, 7, bot, "other"), posted(3, 7, bot, marker+"old"), posted(4, 8, bot, marker+"old")},
			[]written{{Updated: 3, Body: marker + "new"}}},
		{"the same", "old\n", list{ours}, list{posted(3, 7, bot, marker+"old")}, nil},
		{"somebody else's marker", "new", list{ours}, list{posted(1, 7, "someone", marker+"old")}, []written{{Created: 7, Body: marker + "new"}}},
		{"emptied", "", list{ours}, list{posted(3, 7, bot, marker+"old")}, []written{{Updated: 3, Body: marker + gone}}},
		{"never differed", "", list{ours}, nil, nil},
		{"a newer commit", "new", list{pull(7, "them", 2, "x", "c2")}, nil, nil},
		{"another branch", "new", list{pull(7, "them", 2, "y", "c1")}, nil, nil},
		{"a renamed repository of the same owner", "new", list{pull(7, "them", 9, "x", "c1")}, nil, nil},
		{"two of one commit", "new", list{ours, pull(9, "them", 2, "x", "c1")}, nil, nil},
		{"closed", "new", nil, nil, nil},
		{"a number in the file", "number: 8\n#8", list{ours, theirs}, nil, []written{{Created: 7, Body: marker + "number: 8\n#8"}}},
		{"as long as it may be", strings.Repeat("x", 65000), list{ours}, nil, []written{{Created: 7, Body: marker + strings.Repeat("x", 65000)}}},
		{"too long", strings.Repeat("x", 65001), list{ours}, nil, []written{{Failed: "comment.md is no file, or is too long"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			temp := t.TempDir()
			write(t, filepath.Join(temp, "dashboards-comment", "comment.md"), c.file)
			if got := runComment(t, temp, c.pulls, c.comments); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%.300v\nwant %.300v", got, c.want)
			}
		})
	}
	t.Run("no file", func(t *testing.T) {
		if got := runComment(t, t.TempDir(), list{ours}, nil); got != nil {
			t.Error(got)
		}
	})
	t.Run("a link", func(t *testing.T) {
		temp := t.TempDir()
		write(t, filepath.Join(temp, "dashboards-comment", "secret"), "secret")
		if err := os.Symlink("secret", filepath.Join(temp, "dashboards-comment", "comment.md")); err != nil {
			t.Fatal(err)
		}
		if got := runComment(t, temp, list{ours}, nil); len(got) != 1 || got[0].Failed == "" {
			t.Error(got)
		}
	})
}

// runComment runs the script of the workflow.
func runComment(t *testing.T, temp string, pulls, comments list) []written {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("needs node")
	}
	w, _ := readWorkflow(t, commentJob)
	steps := w.Jobs["comment"].Steps
	input, err := json.Marshal(object{
		"script": steps[len(steps)-1].With["script"], "pulls": append(list{}, pulls...), "comments": append(list{}, comments...),
		"run": object{"head_branch": "x", "head_sha": "c1", "head_repository": object{"id": 2, "owner": object{"login": "them"}}, "pull_requests": list{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "internal/repository/testdata/comment.js")
	node.Env = append(os.Environ(), "RUNNER_TEMP="+temp)
	node.Stdin = bytes.NewReader(input)
	var complaints strings.Builder
	node.Stderr = &complaints
	out, err := node.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &complaints)
	}
	var all []written
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

func write(t *testing.T, path, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
