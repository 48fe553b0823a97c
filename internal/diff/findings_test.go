package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gaugewright/internal/report"
)

// foundBoard is a board with panels "id title query", one on a line, and with findings "title: severity rule text", of which
// the title may be followed by a query's letter, and the text by the piece in [].
func foundBoard(t *testing.T, uid, panels, findings string) File {
	t.Helper()
	f := File{Path: uid + ".json"}
	var all list
	ids := map[string]int{}
	for i, line := range lines(panels) {
		var id int
		var title, expr string
		if _, err := fmt.Sscan(line, &id, &title, &expr); err != nil {
			t.Fatal(line, err)
		}
		ids[title] = id
		all = append(all, object{"id": id, "title": title, "type": "timeseries", "gridPos": object{"x": 0, "y": 8 * i, "w": 12, "h": 8},
			"targets": list{object{"refId": "A", "expr": expr}, object{"refId": "B", "expr": "up"}}})
	}
	f.Data = encode(t, object{"uid": uid, "title": "The " + uid, "panels": all,
		"templating": object{"list": list{object{"type": "custom", "name": "job", "query": "a,b"}}}})
	for _, line := range lines(findings) {
		place, what, _ := strings.Cut(line, ": ")
		title, query, _ := strings.Cut(place, "/")
		words := strings.SplitN(what, " ", 3)
		text, piece, _ := strings.Cut(words[2], " [")
		f.Findings = append(f.Findings, Finding{
			Place: report.Place{File: f.Path, Board: uid, Panel: title, ID: ids[title], Query: query, Line: 1}, Severity: words[0], Rule: words[1],
			Text: text, Piece: strings.TrimSuffix(piece, "]"),
		})
	}
	return f
}

func lines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}

// toldFindings writes each finding on a line.
func toldFindings(r *Result) string {
	out := &strings.Builder{}
	for _, s := range r.Sections {
		for _, f := range s.Findings {
			fmt.Fprintf(out, "%s: %s: %s: %s\n", s.UID, about(f.Place), f.word(), f.sentence())
		}
	}
	return out.String()
}

// TestFindings: what is new is told wherever it is, an error that was there only of what changed, and what is gone only of what
// is still there.
func TestFindings(t *testing.T) {
	const two = "1 Sold rate(a)\n2 Lost rate(b)\n"
	for _, c := range []struct{ name, oldPanels, old, newPanels, new, want string }{
		{"new where nothing else is", two, "", two, "Sold/A: error wrong a", "x: Sold: new error: query A: wrong: a\n"},
		{"a new warning", two, "", two, "Lost: warning craft a", "x: Lost: new warning: craft: a\n"},
		{"of what did not change", two, "Sold/A: error wrong a", two, "Sold/A: error wrong a", ""},
		{"of what changed", two, "Lost/A: error wrong b\nSold/A: error wrong a", "1 Sold rate(c)\n2 Lost rate(b)\n", "Lost/A: error wrong b\nSold/A: error wrong a",
			"x: Sold: old error: query A: wrong: a\n"},
		{"a warning of what changed", two, "Sold/A: warning craft a", "1 Sold rate(c)\n2 Lost rate(b)\n", "Sold/A: warning craft a", ""},
		{"new ones first", two, "Sold/A: error wrong a\nSold/B: error gone b", "1 Sold rate(c)\n2 Lost rate(b)\n", "Sold/A: error wrong a\nSold/A: error other c\nSold/A: warning craft w",
			"x: Sold: new error: query A: other: c\nx: Sold: new warning: query A: craft: w\nx: Sold: old error: query A: wrong: a\nx: Sold: no longer: query B: gone: b\n"},
		{"gone where nothing else is", two, "Lost: error wrong b", two, "", "x: Lost: no longer: wrong: b\n"},
		{"gone with its panel", two, "Lost: error wrong b", "1 Sold rate(a)\n", "", ""},
		{"with a new panel", "1 Sold rate(a)\n", "", two, "Lost/A: error wrong b", "x: Lost: new error: query A: wrong: b\n"},
		{"of a panel with another name", two, "Sold/A: error wrong a", "1 Bought rate(a)\n2 Lost rate(b)\n", "Bought/A: error wrong a", "x: Bought: old error: query A: wrong: a\n"},
		{"of a panel with another id", two, "Sold/A: error wrong a", "7 Sold rate(a)\n2 Lost rate(b)\n", "Sold/A: error wrong a", "x: Sold: old error: query A: wrong: a\n"},
		{"in other words, for a neighbour's sake", two, "Sold: error overlap over Lost", "1 Sold rate(a)\n2 Gone rate(b)\n", "Sold: error overlap over Gone", ""},
		{"in other words, of what changed", two, "Sold/A: error wrong a [a]", "1 Sold rate(c)\n2 Lost rate(b)\n", "Sold/A: error wrong c [c]", "x: Sold: old error: query A: wrong: c\n"},
		{"another piece of the same query", two, "Sold/A: error wrong a [a]", two, "Sold/A: error wrong c [c]", "x: Sold: new error: query A: wrong: c\nx: Sold: no longer: query A: wrong: a\n"},
		{"one more of a kind", two, "Sold/A: error wrong a", "1 Sold rate(c)\n2 Lost rate(b)\n", "Sold/A: error wrong c\nSold/A: error wrong a",
			"x: Sold: new error: query A: wrong: c\nx: Sold: old error: query A: wrong: a\n"},
		{"of the board", two, "", two, ": error uid twice", "x: : new error: uid: twice\n"},
		{"of a variable", two, "", two, "variable job: error empty all", "x: variable job: new error: empty: all\n"},
		{"of a query that is no part", two, "", two, "Sold/C: error wrong c", "x: Sold: new error: query C: wrong: c\n"},
		{"of a thing that is no part", two, "", two, "annotation x: error wrong c", "x: annotation x: new error: wrong: c\n"},
		{"in many panels", "1 a a\n2 b b\n3 c c\n4 d d\n", "", "1 a a\n2 b b\n3 c c\n4 d d\n", "a: warning about none\nb: warning about none\nc: warning about none\nd: warning about none\nd: warning about other",
			"x: : new warning: in 4 panels (a, b, c and 1 more): about: none\nx: d: new warning: about: other\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Compare([]File{foundBoard(t, "x", c.oldPanels, c.old)}, []File{foundBoard(t, "x", c.newPanels, c.new)})
			if got := toldFindings(r); got != c.want || len(r.Errors) > 0 {
				t.Errorf("%s\nwant\n%s\n%v", got, c.want, r.Errors)
			}
		})
	}
}

// TestMovedFindings: what goes with a panel to another board, or with a board to another file or uid, is not new.
func TestMovedFindings(t *testing.T) {
	const found = "Sold/A: error wrong a"
	a, b := foundBoard(t, "a", "1 Sold rate(a)\n2 Lost rate(b)\n", found), foundBoard(t, "b", "3 Kept c\n4 Held d\n", "")
	smaller, larger := foundBoard(t, "a", "2 Lost rate(b)\n", ""), foundBoard(t, "b", "3 Kept c\n4 Held d\n1 Sold rate(a)\n", found)
	otherFile := a
	otherFile.Path = "other.json"
	for _, c := range []struct {
		name     string
		old, new []File
		want     string
	}{
		{"a panel", []File{a, b}, []File{smaller, larger}, "b: Sold: old error: query A: wrong: a\n"},
		{"a file", []File{a}, []File{otherFile}, ""},
		{"a board that is split", []File{a}, []File{smaller, foundBoard(t, "c", "1 Sold rate(a)\n", found)}, "c: Sold: old error: query A: wrong: a\n"},
		{"a copy is new", []File{a}, []File{a, foundBoard(t, "c", "1 Sold rate(a)\n", found)}, "c: Sold: new error: query A: wrong: a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := toldFindings(Compare(c.old, c.new)); got != c.want {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestFindingsOfRules: a rule keeps its findings in another group and another file; the same rules in a file and a manifest
// say it once.
func TestFindingsOfRules(t *testing.T) {
	rules := func(path, text string, found ...string) File {
		f := File{Path: path, Data: []byte(text)}
		for _, place := range found {
			group, rule, _ := strings.Cut(place, "/")
			f.Findings = append(f.Findings, Finding{Place: report.Place{File: path, Board: group, Panel: rule}, Severity: anError, Rule: "wrong", Text: "x"})
		}
		return f
	}
	const one, two = "groups: [{name: g, rules: [{alert: A, expr: a > 1}, {alert: B, expr: b > 1}]}]", "groups: [{name: h, rules: [{alert: A, expr: a > 1}, {alert: B, expr: b > 1}]}]"
	const manifest = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: r}\nspec: {" + one + "}\n"
	for _, c := range []struct {
		name     string
		old, new []File
		want     string
	}{
		{"another group", []File{rules("r.yml", one, "g/A")}, []File{rules("r.yml", two, "h/A")}, ""},
		{"new", []File{rules("r.yml", one)}, []File{rules("r.yml", one, "g/A")}, ": A: new error: wrong: x\n"},
		{"the file", []File{rules("r.yml", one)}, []File{rules("r.yml", one, "/")}, ": : new error: wrong: x\n"},
		{"another file", []File{rules("r.yml", one, "g/A")}, []File{rules("a.yml", "groups: [{name: g, rules: [{alert: A, expr: a > 1}]}]", "g/A"),
			rules("r.yml", "groups: [{name: g, rules: [{alert: B, expr: b > 1}]}]")}, ""},
		{"a manifest", []File{rules("r.yml", one), rules("m.yml", manifest)}, []File{rules("r.yml", one, "g/A"), rules("m.yml", manifest, "g/A")}, ": A: new error: wrong: x\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := toldFindings(Compare(c.old, c.new)); got != c.want {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}
