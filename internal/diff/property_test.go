package diff

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"gopkg.in/yaml.v3"
)

var leavesTried = flag.Int("leaves", 25, "how many leaves of each board TestEveryLeaf changes; 0 is all")

// spot is the way to a leaf of a JSON document, and how to change it there.
type spot struct {
	path  string
	about string // the panel, variable, annotation or row that has it
	set   func(any)
	value any
}

// leavesOf returns all leaves of a board.
func leavesOf(v any) []spot {
	var all []spot
	var visit func(v any, path, about string, set func(any))
	visit = func(v any, path, about string, set func(any)) {
		switch v := v.(type) {
		case object:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				visit(v[name], path+"."+name, about, func(new any) { v[name] = new })
			}
		case list:
			for i, element := range v {
				own := about
				o, _ := element.(object)
				switch {
				case strings.HasSuffix(path, "panels") && o["type"] == "row", strings.HasSuffix(path, ".rows"):
					own = "row " + fmt.Sprint(o["title"])
				case strings.HasSuffix(path, "panels"):
					own = fmt.Sprint(o["title"])
				case strings.HasSuffix(path, "templating.list"):
					own = "variable " + fmt.Sprint(o["name"])
				case strings.HasSuffix(path, "annotations.list"):
					own = "annotation " + fmt.Sprint(o["name"])
				}
				visit(element, fmt.Sprintf("%s[%d]", path, i), own, func(new any) { v[i] = new })
			}
		case nil:
		default:
			all = append(all, spot{path, about, set, v})
		}
	}
	visit(v, "", "the board", nil)
	return all
}

// notSeen are leaves that a viewer cannot see; and what makes a row of a panel, and a panel of a row.
var notSeen = regexp.MustCompile(`editorMode$|query\.refId$|thresholds\.steps\[0\]\.value$|^\.(id|version|iteration)$|pluginVersion$|current\.selected$|options\[\d+\]\.selected$|\.rows\[\d+\]\.id$`)

// mutate returns another value of the same type.
func mutate(v any) any {
	switch v := v.(type) {
	case string:
		return v + "x"
	case float64:
		return v + 1
	case bool:
		return !v
	}
	return v
}

// sectionOf compares two boards.
func sectionOf(old, new *part) (Section, *Result) {
	r := &Result{}
	r.section(pair{old, new})
	r.sort()
	if len(r.Sections) == 0 {
		return Section{}, r
	}
	return r.Sections[0], r
}

func onlyPart(t testing.TB, data []byte) *part {
	t.Helper()
	r := parse(File{Path: "board.json", Data: data}, new(atomic.Int64))
	if len(r.errs) > 0 || len(r.parts) != 1 {
		t.Fatal("not one board", r.errs, len(r.parts))
	}
	return r.parts[0]
}

// TestEveryLeaf: whatever value of a board changes is reported, under its panel and no other.
func TestEveryLeaf(t *testing.T) {
	tried, missed, misplaced := 0, 0, 0
	for name, data := range ours(t) {
		old := onlyPart(t, data)
		board := decode(t, data)
		all := leavesOf(board)
		chance := rand.New(rand.NewPCG(uint64(len(data)), 1))
		chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if *leavesTried > 0 {
			all = all[:min(*leavesTried, len(all))]
		}
		for _, leaf := range all {
			isRow := strings.HasPrefix(leaf.about, "row ")
			if notSeen.MatchString(leaf.path) || isRow && regexp.MustCompile(`(\.id|\.type|gridPos\.\w+)$`).MatchString(leaf.path) {
				continue
			}
			tried++
			leaf.set(mutate(leaf.value))
			s, r := sectionOf(old, onlyPart(t, encode(t, board)))
			leaf.set(leaf.value)
			if len(s.Changes) == 0 {
				missed++
				t.Errorf("%s: %s: %v: not reported", name, leaf.path, leaf.value)
			}
			for _, c := range s.Changes {
				about := c.about()
				if about == "" {
					about = "the board"
				}
				if strings.TrimSuffix(about, "x") != strings.TrimSuffix(leaf.about, "x") {
					misplaced++
					t.Errorf("%s: %s of %s: reported elsewhere:\n%s", name, leaf.path, leaf.about, told(r))
					break
				}
			}
		}
	}
	t.Logf("leaves changed: %d, missed: %d, reported elsewhere: %d", tried, missed, misplaced)
}

// TestSame: a board does not differ from itself.
func TestSame(t *testing.T) {
	for name, data := range ours(t) {
		for _, version := range [][]byte{data, toV2Or(t, data)} {
			old, new := onlyPart(t, version), onlyPart(t, version)
			if _, r := sectionOf(old, new); told(r) != "" || r.Hidden != 0 {
				t.Errorf("%s: %d hidden\n%s", name, r.Hidden, told(r))
			}
		}
	}
}

func toV2Or(t testing.TB, data []byte) []byte {
	if decode(t, data)["rows"] != nil {
		return data
	}
	return toV2(t, data)
}

// TestReversed: with the sides exchanged, each change is the other way round.
func TestReversed(t *testing.T) {
	for seed := range uint64(30) {
		data := public(t, seed)
		board := decode(t, data)
		chance := rand.New(rand.NewPCG(seed, 3))
		for range 1 + chance.IntN(6) {
			disturb(chance, board)
		}
		a, b := onlyPart(t, data), onlyPart(t, encode(t, board))
		there, _ := sectionOf(a, b)
		back, _ := sectionOf(b, a)
		want, got := mirrored(there, false), mirrored(back, true)
		if !slices.Equal(want, got) {
			t.Errorf("seed %d: there\n%s\nback\n%s", seed, strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
	}
}

// mirrored writes the changes without what only one direction has.
func mirrored(s Section, isBack bool) []string {
	var all []string
	for _, c := range s.Changes {
		kind, old, new := c.Kind, c.Old, c.New
		if isBack {
			old, new = new, old
			kind = map[string]string{added: removed, removed: added}[kind]
			if kind == "" {
				kind = c.Kind
			}
		}
		all = append(all, strconv.Quote(string(c.part.kind))+" "+kind+" "+old+" | "+new)
	}
	slices.Sort(all)
	return all
}

// disturb changes a board as people do: a value, a panel more or less, panels exchanged.
func disturb(chance *rand.Rand, board object) {
	if all := leavesOf(board); chance.IntN(3) > 0 {
		leaf := all[chance.IntN(len(all))]
		if leaf.value != "row" {
			leaf.set(mutate(leaf.value))
		}
		return
	}
	panels, _ := board["panels"].(list)
	if len(panels) < 2 {
		return
	}
	i, j := chance.IntN(len(panels)), chance.IntN(len(panels))
	switch chance.IntN(3) {
	case 0:
		board["panels"] = slices.Delete(slices.Clone(panels), i, i+1)
	case 1:
		p := (&generator{chance, 900 + chance.IntN(90)}).panel()
		p["gridPos"] = object{"x": 0.0, "y": 0.0, "w": 6.0, "h": 3.0}
		board["panels"] = append(list{p}, panels...)
	default:
		a, b := panels[i].(object), panels[j].(object)
		a["gridPos"], b["gridPos"] = b["gridPos"], a["gridPos"]
	}
}

// derivedLeaves follow from others where they are left out: TestCases and Explain tell how.
var derivedLeaves = regexp.MustCompile(`\.(refId|range|definition|query\.query)$|templating\.list\[\d+\]\.type$`)

// notSeenInV2 are leaves that a server gives, and those that say how v2 is written.
var notSeenInV2 = regexp.MustCompile(`editorMode$|variables\[\d+\]\.spec\.query\.spec\.refId$|^\.apiVersion$|^\.metadata\.(uid|resourceVersion|generation|creationTimestamp|annotations\..*)$|current\.selected$|` +
	`options\[\d+\]\.selected$|vizConfig\.version$`)

// TestEveryLeafElsewhere: whatever value of a board in v2, of rules or of any other file changes is reported.
func TestEveryLeafElsewhere(t *testing.T) {
	files := map[string][]byte{}
	for name, data := range ours(t) {
		if decode(t, data)["rows"] == nil {
			files[name] = toV2(t, data)
		}
	}
	for _, pattern := range []string{"../../provisioning/*/*/*.y*ml", "../../provisioning/*/*.y*ml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			var v any
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := yaml.Unmarshal(data, &v); err != nil {
				t.Fatal(path, err)
			}
			files[filepath.Base(path)] = encode(t, v)
		}
	}
	tried, missed := 0, 0
	for name, data := range files {
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatal(name, err)
		}
		path := name
		all := leavesOf(v)
		chance := rand.New(rand.NewPCG(uint64(len(data)), 2))
		chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if *leavesTried > 0 {
			all = all[:min(*leavesTried, len(all))]
		}
		for _, leaf := range all {
			if notSeenInV2.MatchString(leaf.path) {
				continue
			}
			tried++
			leaf.set(mutate(leaf.value))
			if r := Compare([]File{{Path: path, Data: data}}, []File{{Path: path, Data: encode(t, v)}}); len(r.Sections)+len(r.Errors) == 0 {
				missed++
				t.Errorf("%s: %s: %v: not reported", name, leaf.path, leaf.value)
			}
			leaf.set(leaf.value)
		}
	}
	t.Logf("leaves changed: %d, missed: %d", tried, missed)
}

// TestEveryLeafRemoved: a value that is gone is reported, unless it is the default.
func TestEveryLeafRemoved(t *testing.T) {
	tried, missed := 0, 0
	for name, data := range ours(t) {
		old := onlyPart(t, data)
		board := decode(t, data)
		all := leavesOf(board)
		chance := rand.New(rand.NewPCG(uint64(len(data)), 4))
		chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if *leavesTried > 0 {
			all = all[:min(*leavesTried, len(all))]
		}
		for _, leaf := range all {
			isRow := strings.HasPrefix(leaf.about, "row ")
			if leaf.value == "" || derivedLeaves.MatchString(leaf.path) || notSeen.MatchString(leaf.path) || isRow && regexp.MustCompile(`(\.id|\.type|gridPos\.\w+)$`).MatchString(leaf.path) {
				continue
			}
			tried++
			leaf.set(nil)
			s, r := sectionOf(old, onlyPart(t, encode(t, board)))
			leaf.set(leaf.value)
			if len(s.Changes) == 0 && r.Hidden == 0 {
				missed++
				t.Errorf("%s: %s: %v: neither reported nor counted", name, leaf.path, leaf.value)
			}
		}
	}
	t.Logf("leaves removed: %d, missed: %d", tried, missed)
}
