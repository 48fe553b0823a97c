package draw

import (
	"fmt"
	"strings"
	"testing"
)

// TestTextPanels: what a text panel of HTML or Markdown says, at the heights that boards give to banners. The last
// texts are those of the header: codes, then the title.
func TestTextPanels(t *testing.T) {
	for _, test := range []struct {
		name, title, mode, content string
		height                     float64
		want                       string
	}{
		{"headings, paragraphs, lists", "T", "html", "<h1>Hello</h1>\n<p>A <b>bold</b> word</p><ul>\n  <li>one</li><li>two</li></ul>", 300,
			"Hello A bold word • one • two ≈ text-html T"},
		{"a low banner without a title", "", "html", `<div style="text-align: center">\n<h1>Shop</h1></div>`, 68, "Shop ≈ text-html"},
		{"the lowest banner", "", "html", "<h2 align=center>Shop</h2>", 30, "Shop ≈ text-html"},
		{"a low banner with a title", "T", "html", "<h1>Shop</h1><p>more</p>", 68, "Shop ≈ text-html, text-cut T"},
		{"Markdown in a low panel", "T", "markdown", "# Shop", 68, "Shop T"},
		{"cells of a table", "T", "html", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", 200, "a b c ≈ text-html T"},
		{"a picture with words", "T", "html", `<img src="logo.png" alt="The logo">`, 200, "The logo ≈ text-html T"},
		{"a picture without words", "T", "html", `<img src="logo.png">`, 200, "HTML without text ≈ text-html T"},
		{"what breaks a line", "T", "html", `<a href="http://x/">link</a><hr><pre>code</pre>`, 200, "link code ≈ text-html T"},
		{"a table of Markdown", "T", "markdown", `| a | b |\n|---|--:|\n| 1 | 2 |`, 200, "a | b 1 | 2 ≈ text-table T"},
		{"what would run", "T", "html", `<script>alert(1)</script><style>a{}</style>&lt;b&gt;`, 200, "<b> ≈ text-html T"},
		{"nothing", "T", "markdown", "", 200, "T"},
	} {
		content := strings.ReplaceAll(test.content, `\n`, "\n")
		panel := fmt.Sprintf(`{"type": "text", "title": %q, "options": {"mode": %q, "content": %q}}`, test.title, test.mode, content)
		b := openPanel(t, panel, "")
		pic := Panel(b, b.Shown[0], Size{500, test.height}, Options{})
		checkWhole(t, test.name, pic)
		var texts []string
		for _, box := range pic.Texts {
			texts = append(texts, box.Text)
		}
		if got := strings.Join(texts, " "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestOwnRange: the range of an untitled panel stands above its content, not on it.
func TestOwnRange(t *testing.T) {
	b := openPanel(t, `{"type": "text", "timeFrom": "6h", "options": {"mode": "code", "content": "`+strings.Repeat("W", 80)+`"}}`, "")
	for _, height := range []float64{68, 200} {
		pic := Panel(b, b.Shown[0], Size{500, height}, Options{})
		checkWhole(t, "own range", pic)
		if last := pic.Texts[len(pic.Texts)-1].Text; last != "Last 6 hours" {
			t.Errorf("the header says %q", last)
		}
	}
}
