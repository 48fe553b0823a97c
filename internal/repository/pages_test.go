package repository

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// page is a page of the documentation.
type page struct {
	path, text string
	blocks     []block
}

// pages are the pages of the documentation, in reading order.
func pages(t *testing.T) []page {
	t.Helper()
	more, err := filepath.Glob("docs/*.md")
	if err != nil || len(more) == 0 {
		t.Fatal("no pages in docs/", err)
	}
	var all []page
	for _, path := range append([]string{"README.md", "ARCHITECTURE.md"}, more...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page{path, string(text), fencedBlocks(string(text))})
	}
	return all
}

// block is a fenced block of a page.
type block struct {
	line     int // of the first line inside
	language string
	text     string
}

var (
	fence      = regexp.MustCompile("^ *```+ *([a-z]*)")
	shellNames = []string{"sh", "bash", "shell", "console", "zsh"}
)

func fencedBlocks(text string) []block {
	var blocks []block
	inside := false
	for i, line := range strings.Split(text, "\n") {
		found := fence.FindStringSubmatch(line)
		switch {
		case found != nil && inside:
			inside = false
		case found != nil:
			inside = true
			blocks = append(blocks, block{line: i + 2, language: found[1]})
		case inside:
			blocks[len(blocks)-1].text += line + "\n"
		}
	}
	return blocks
}

func (b block) isShell() bool { return slices.Contains(shellNames, b.language) }

// file is the path that a whole Go file of the reader's own begins with, as a comment, in the root of the reader's module.
func (b block) file() string {
	first, rest, _ := strings.Cut(b.text, "\n")
	if path, ok := strings.CutPrefix(first, "// "); ok && strings.HasSuffix(path, ".go") && strings.HasPrefix(rest, "package ") {
		return path
	}
	return ""
}

// change is what a diff takes away, and what it puts in its place.
func (b block) change() (before, after string) {
	for line := range strings.Lines(b.text) {
		if text, ok := strings.CutPrefix(line, "-"); ok {
			before += text
		} else if text, ok := strings.CutPrefix(line, "+"); ok {
			after += text
		}
	}
	return before, after
}

var number = regexp.MustCompile(`[1-9][0-9]*`)

// missing are the lines that no line printed is like. Numbers may be other ones, since they change with the boards, but 0 is
// 0; an ellipsis stands for anything.
func missing(lines, printed string) []string {
	var none []string
	for line := range strings.Lines(lines) {
		like := number.ReplaceAllString(regexp.QuoteMeta(strings.TrimSpace(line)), `[1-9][0-9]*`)
		like = strings.ReplaceAll(like, "…", ".*")
		if !regexp.MustCompile(`(?m)^` + like + `$`).MatchString(printed) {
			none = append(none, line)
		}
	}
	return none
}

func TestFencedBlocks(t *testing.T) {
	const text = "# A\n\n```sh\ngo run ./cmd/gen\n```\n\n```go\n// gen/a_test.go\npackage main\n```\n\n1. Then\n\n" +
		"   ```bash\n   a \\\n     b\n   ```\n\n```\nnot marked\n```\n"
	want := []block{
		{4, "sh", "go run ./cmd/gen\n"}, {8, "go", "// gen/a_test.go\npackage main\n"},
		{15, "bash", "   a \\\n     b\n"}, {20, "", "not marked\n"},
	}
	got := fencedBlocks(text)
	if !slices.Equal(got, want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	if shell, file := got[0].isShell(), got[1].file(); !shell || file != "gen/a_test.go" {
		t.Errorf("got %v and %q, want true and the file", shell, file)
	}
	before, after := block{text: "-a\n+b\n+c\n"}.change()
	if before != "a\n" || after != "b\nc\n" {
		t.Errorf("the change is from %q to %q", before, after)
	}
}

func TestMissing(t *testing.T) {
	const printed = "gen: /tmp/1/a.go:12: no\n7 boards, 0 dead\n"
	for lines, want := range map[string]int{
		"gen: …a.go:99: no\n7 boards, 0 dead\n": 0,
		"8 boards, 0 dead\n":                    0,
		"7 boards, 1 dead\n":                    1,
		"0 boards, 0 dead\n":                    1,
		"7 boards\n":                            1,
		"gen: a.go:12: no\n…\n":                 1,
	} {
		if got := missing(lines, printed); len(got) != want {
			t.Errorf("%q: missing %q, want %d lines", lines, got, want)
		}
	}
}
