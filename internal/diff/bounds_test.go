package diff

import (
	"fmt"
	"strings"
	"testing"
)

// boardOf is a board with something more.
func boardOf(more string) []File {
	return []File{{Path: "b.json", Data: []byte(`{"uid": "u", "title": "a", "schemaVersion": 39, "panels": [], ` + more + `}`)}}
}

// numbered repeats a text with its number.
func numbered(n int, format string) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(format, i))
	}
	return strings.Join(all, ",")
}

// TestManyChanges: what is over the limit is counted, and its level is the exit code's.
func TestManyChanges(t *testing.T) {
	const n = maxTold + 7
	r := Compare(boardOf(`"x": {`+numbered(n, `"a%d": 1`)+`}`), boardOf(`"x": {`+numbered(n, `"a%d": 2`)+`}`))
	changes := r.Sections[0].Changes
	if len(changes) != maxTold+1 || r.Count(changes[0].Level) != n || r.Worst() != changes[0].Level {
		t.Fatalf("%d changes, %s", len(changes), r.Verdict())
	}
	if got := changes[maxTold].Text.String(); !strings.HasPrefix(got, "7 changes more of this level: it has more than 10000, the limit") {
		t.Error(got)
	}
	if r.Only("nothing").Count(changes[0].Level) != 7 {
		t.Error("with -panel, what is not known of is not told")
	}
}

// TestLastUntold: a change that is over the limit counts with the level that it has in the end.
func TestLastUntold(t *testing.T) {
	c := &comparer{bounds: &bounds{told: perLevel{Behaviour: maxAllTold}}}
	p := &part{kind: aRule, parent: &part{kind: aGroup, parent: &part{kind: aDocument}}}
	c.add(p, "expr", Behaviour, Text{}, "", "").Level = Breaking
	c.add(p, "for", Behaviour, Text{}, "", "")
	c.settle()
	if c.more != (perLevel{Behaviour: 1, Breaking: 1}) || len(c.changes) > 0 {
		t.Error(c.more, c.changes)
	}
}

// TestManySteps: what is not compared for want of steps is an error with the limit.
func TestManySteps(t *testing.T) {
	b := &bounds{file: "a.yml"}
	if !b.spend(maxSteps) || len(b.err()) > 0 {
		t.Error("a limit is not one too many")
	}
	if b.spend(1) || b.spend(0) || len(b.err()) != 1 || b.err()[0].File != "a.yml" || !strings.Contains(b.err()[0].Text, "250000000 steps, the limit") {
		t.Error(b.err())
	}
	if newLikeness(b).texts("a b c d", "a b c e") != 0 || len(wordDiff("a b", "c d", b)) != 2 {
		t.Error("it goes on")
	}
}

// TestLongTexts: a text over the limit is not compared word by word, and its change says so.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("a ", maxText/2)
	for text, want := range map[string]string{long[:maxText-2]: "description changed", long + "a": "description changed; its words are not compared: it has more than 256 KiB, the limit"} {
		r := Compare(boardOf(`"description": "`+text+`"`), boardOf(`"description": "b`+text+`"`))
		if got := r.Sections[0].Changes[0]; got.Text.String() != want || (len(got.Words) > 0) != (want == "description changed") {
			t.Errorf("%s, %d words", got.Text, len(got.Words))
		}
	}
}

// TestPathsThatBeginAlike: what came as a whole has what is below its path, and nothing that only begins in the same way.
func TestPathsThatBeginAlike(t *testing.T) {
	paths := []string{"a.b", "a0", "a1", "a[0]", "aa"} // sorted, as leaves are
	d := &delta{}
	for _, path := range paths {
		d.leaves = append(d.leaves, difference{path: path})
	}
	taken := d.takeFirst("a")
	var left []string
	for _, one := range d.leaves {
		left = append(left, one.path)
	}
	if len(taken) != 2 || strings.Join(left, " ") != "a0 a1 aa" {
		t.Error(taken, left)
	}
	p := &part{leaves: []leaf{{path: "a-1"}, {path: "a[0].b"}, {path: "c-1"}}}
	if !p.hasBelow("a") || p.hasBelow("c") || !p.hasBelow("a-1") {
		t.Error("below")
	}
}
