package diff

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gaugewright/internal/report"
)

// hostile are texts that mean something in Markdown, HTML, Mermaid, a terminal or a workflow.
var hostile = []string{
	`"];click p1 "javascript:EVIL"`, `<script>EVIL</script>`, `<img src=x onerror=EVIL>`, `%%{init: {"EVIL":1}}%%`, "@EVIL #1 `x` ```mermaid",
	`[EVIL](http://x.test) **b**`, "end\nclassDef EVIL fill:#000", "</details><h1>EVIL", "| EVIL | b", "`EVIL", "EVIL`", "``` \n# EVIL", "~~~\nEVIL",
	"\x1b[31mEVIL", "\u202eEVIL", "http://EVIL.test www.EVIL.test", "::error::EVIL", "`` EVIL ` x", "\\`EVIL`", "$$EVIL$$", "<!-- EVIL", "1. EVIL", " EVIL ",
	"- EVIL", "fa:fa-ban EVIL", ":tada: EVIL", "مرحبا EVIL 🎉", "# EVIL", "+ EVIL", "===EVIL", "EVIL:3", "space:4 EVIL", "https://EVIL.test/x", "EVIL@x.test", "EVIL in %", "$EVIL$ of $$$",
}

func hostileBoard(t testing.TB, change string) []byte {
	var panels, variables list
	for i, text := range hostile {
		panels = append(panels, object{
			"id": i + 1, "title": text, "type": "stat" + text, "description": text + change, "options": object{text: object{text: change}},
			"gridPos": object{"x": 6 * (i % 4), "y": 4 * (i / 4), "w": 6, "h": 4},
			"targets": list{object{"refId": text, "expr": "up " + change + text, "legendFormat": change + text}},
		})
		variables = append(variables, object{"type": "custom", "name": text, "query": change + text})
	}
	return encode(t, object{"uid": "</summary>EVIL", "title": "</code>EVIL", "panels": panels, "templating": object{"list": variables}})
}

// hostileFindings are two versions of a board with findings whose texts are those of the hostile ones from first on, up to end:
// some are new, some old, some gone.
func hostileFindings(t testing.TB, first, end int) *Result {
	sides := []File{{Path: "b.json", Data: hostileBoard(t, "a")}, {Path: "b.json", Data: hostileBoard(t, "a")}}
	was := fmt.Sprintf(`"id":%d,`, first+1)
	sides[1].Data = bytes.Replace(sides[1].Data, []byte(was), []byte(was+`"transparent":true,`), 1)
	for side := range sides {
		for i := first; i < end; i++ {
			text := hostile[i]
			at := report.Place{Board: "</summary>EVIL", Panel: text, ID: i + 1, Query: text}
			all := []Finding{
				{Place: at, Rule: text, Severity: anError, Text: text + strings.Repeat("x"+text, 30*(i%2))},
				{Place: report.Place{Panel: "nowhere " + text}, Rule: text + fmt.Sprint(side), Severity: anError, Text: text},
			}
			at.Query = "no query " + text
			all = append(all, Finding{Place: at, Rule: text + fmt.Sprint(side), Severity: "warning", Text: text})
			for j := range 5 { // in many panels
				at.Panel, at.ID = hostile[j], j+1
				all = append(all, Finding{Place: at, Rule: text + fmt.Sprint(side*(i%2)), Severity: []string{anError, "warning"}[i/2%2], Text: fmt.Sprint("many ", side, text)})
			}
			sides[side].Findings = append(sides[side].Findings, all...)
		}
	}
	return Compare(sides[:1], sides[1:])
}

var (
	fencedBlock = regexp.MustCompile("(?ms)^ *(```+)[a-z]*\n.*?^ *(```+)\n")
	codeSpan    = regexp.MustCompile("`+")
	htmlCodes   = regexp.MustCompile(`<code>[^<>]*</code>`)
	mermaid     = regexp.MustCompile("(?ms)^```mermaid\n(.*?)\n```$")
	blockLine   = regexp.MustCompile(`^(block-beta|columns 24|((p\d+\["[^"#&<>;{}\[\]\\|*_~` + "`" + `]*"\]|space):\d+ ?)+|classDef [a-z]+ [a-z:#0-9,]+|class [p0-9,]+ [a-z]+)$`)
)

// TestHostile: a text from a board is never anything but text.
func TestHostile(t *testing.T) {
	t.Run("changes", func(t *testing.T) { isHarmless(t, compareBoards(hostileBoard(t, "a"), hostileBoard(t, "b"))) })
	found := hostileFindings(t, 0, len(hostile))
	for _, word := range []string{"new error", "old error", "no longer", "new warning"} {
		if !slices.ContainsFunc(found.Sections[0].Findings, func(f Finding) bool { return f.word() == word && f.times == 0 }) {
			t.Errorf("no %s", word)
		}
	}
	t.Run("findings", func(t *testing.T) { isHarmless(t, found) })
}

func isHarmless(t *testing.T, r *Result) {
	t.Helper()
	out := &strings.Builder{}
	if err := r.Markdown(out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, m := range mermaid.FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(m[1]) {
			if line = strings.TrimSuffix(line, "\n"); !blockLine.MatchString(line) || strings.Contains(line, "%%") || strings.Contains(line, "$$") {
				t.Errorf("a line of the diagram means something else: %s", line)
			}
		}
	}
	if !strings.Contains(text, "```mermaid") {
		t.Error("no diagram")
	}
	for _, block := range fencedBlock.FindAllStringSubmatch(text, -1) {
		if block[1] != block[2] {
			t.Errorf("a fence ends early: %s", block[0])
		}
	}
	text = htmlCodes.ReplaceAllString(fencedBlock.ReplaceAllString(text, ""), "")
	bare := ""
	for line := range strings.Lines(text) {
		rest := withoutCode(line)
		if bare += rest; strings.Contains(rest, "EVIL") {
			t.Errorf("not code: %s\nof: %s", rest, line)
		}
	}
	if a, b := strings.Count(bare, "<details>"), strings.Count(bare, "</details>"); a != 1 || b != 1 {
		t.Errorf("%d details, %d ends", a, b)
	}
	for name, write := range map[string]func(*strings.Builder) error{
		"text":   func(out *strings.Builder) error { return r.Text(out, false) },
		"github": func(out *strings.Builder) error { return r.GitHub(out) },
	} {
		out.Reset()
		if err := write(out); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(out.String(), "\x1b\u202e\r") || regexp.MustCompile(`(?m)^(::error::EVIL|EVIL|# EVIL)`).MatchString(out.String()) {
			t.Errorf("%s: something got through:\n%s", name, out)
		}
	}
}

// withoutCode removes the code spans of a line as CommonMark finds them: a run of backticks up to the next of its length.
func withoutCode(line string) string {
	rest := ""
	for {
		open := codeSpan.FindStringIndex(line)
		if open == nil {
			return rest + line
		}
		fence := line[open[0]:open[1]]
		rest += line[:open[0]]
		line = line[open[1]:]
		end := -1
		for _, run := range codeSpan.FindAllStringIndex(line, -1) {
			if line[run[0]:run[1]] == fence {
				end = run[1]
				break
			}
		}
		if end < 0 {
			return rest + fence + line
		}
		line = line[end:]
	}
}

// TestLength: a comment is never longer than a code host takes, and says what it left out: of changes, also with findings, and of
// findings alone.
func TestLength(t *testing.T) {
	old, new := longBoards(t)
	isShort(t, Compare(old, new), "changes more")
	long := strings.Repeat("🎉", 400)
	for i := range new {
		for j := range 30 {
			new[i].Findings = append(new[i].Findings, Finding{Place: report.Place{Board: fmt.Sprint(i), Panel: fmt.Sprint(j, long)}, Severity: anError, Rule: long, Text: long})
		}
	}
	isShort(t, Compare(old, new), "changes and 30 findings more")
	same := slices.Clone(new)
	for i := range same {
		same[i].Findings = nil
	}
	isShort(t, Compare(same, new), "findings more")
}

// longBoards are two versions of more boards and panels than a comment has room for.
func longBoards(t *testing.T) (old, new []File) {
	for i := range 200 {
		board := func(change string) []byte {
			var panels list
			for j := range 30 {
				panels = append(panels, object{"id": j + 1, "title": fmt.Sprintf("Panel %d with a title that is long", j), "type": "stat", "description": change,
					"gridPos": object{"x": 0, "y": j, "w": 24, "h": 1}, "targets": list{object{"refId": "A", "expr": change + strings.Repeat("x", 300)}}})
			}
			return encode(t, object{"uid": fmt.Sprint(i), "title": fmt.Sprintf("Board %d", i), "panels": panels})
		}
		path := fmt.Sprintf("%d.json", i)
		old, new = append(old, File{Path: path, Data: board("a")}), append(new, File{Path: path, Data: board("b")})
	}
	return old, new
}

func isShort(t *testing.T, r *Result, left string) {
	t.Helper()
	out := &strings.Builder{}
	if err := r.Markdown(out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if len(text) > 65000 || len(text) < 40000 {
		t.Errorf("%d bytes", len(text))
	}
	if strings.Count(text, "<details>") != strings.Count(text, "</details>") {
		t.Error("cut within a board")
	}
	if fences := regexp.MustCompile("(?m)^ *```").FindAllString(text, -1); len(fences)%2 != 0 || strings.Contains(fencedBlock.ReplaceAllString(text, ""), "```") {
		t.Errorf("%d fences: cut within a block", len(fences))
	}
	for _, want := range []string{r.Verdict(), left, "more than fit into a comment"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
}

// TestShort: three changed panels of our own boards are a few lines before a reader unfolds anything, and so are boards of
// which nothing is left.
func TestShort(t *testing.T) {
	change := func(data string) string { return strings.Replace(data, `"unit": "`, `"unit": "x`, 1) }
	empty := func(data string) string { return `{"uid": "x"}` }
	for _, c := range []struct {
		name   string
		change func(string) string
		most   int
	}{{"units", change, 10}, {"gone", empty, 40}} {
		var old, new []File
		for _, name := range []string{"go-http.json", "go-memory.json", "go-gc.json"} {
			data := ours(t)[name]
			old, new = append(old, File{Path: name, Data: data}), append(new, File{Path: name, Data: []byte(c.change(string(data)))})
		}
		out := &strings.Builder{}
		if err := Compare(old, new).Markdown(out); err != nil {
			t.Fatal(err)
		}
		folded := regexp.MustCompile(`(?s)<details>.*?</details>`).ReplaceAllString(out.String(), "x")
		if lines := strings.Count(folded, "\n"); lines > c.most || strings.Count(folded, "\nx\n") < 3 {
			t.Errorf("%s: %d lines before a reader unfolds anything:\n%s", c.name, lines, folded)
		}
	}
}

// TestPicture: the diagram has each panel of either side once, in its state, also where its row is gone.
func TestPicture(t *testing.T) {
	for name, r := range comments(t) {
		for _, s := range r.Sections {
			if s.old == nil || s.new == nil || s.matched == nil {
				continue
			}
			count := map[state]int{}
			for _, b := range slices.Concat(s.blocks()...) {
				count[b.state]++
			}
			gone := len(s.matched.free(s.matched.olds))
			if in := count[unchanged] + count[isChanged] + count[isAdded]; in != len(s.matched.news) || count[isRemoved] != gone {
				t.Errorf("%s: %d panels and %d removed, want %d and %d", name, in, count[isRemoved], len(s.matched.news), gone)
			}
		}
	}
}
