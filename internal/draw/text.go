package draw

import (
	"regexp"
	"strconv"
	"strings"

	"gaugewright/internal/draw/svg"
)

// The sizes of a text panel, in pixels.
const (
	bodyText    = 14
	bodyLine    = 22
	codeText    = 12
	listIndent  = 24
	headingGap  = 8  // below a heading
	blockGap    = 16 // below a paragraph or a list
	mostLetters = 20000

	letterHeight = 1.18 // of a line without space around it, in em
	smallest     = 6    // smaller letters are not read
)

// headings are the sizes of headings, from the largest.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-data/src/themes/createTypography.ts
var headings = []float64{28, 24, 22, 18, 16, 14}

// block is a paragraph, a heading, an item of a list or a line of code.
type block struct {
	text   string
	size   float64
	indent float64
	mark   string // of an item: a bullet or a number
	isCode bool
	isRule bool
	below  float64
}

// text draws a text panel: headings, lists, bold text and code of Markdown, and what is left of HTML without its tags.
func (p *panel) text() {
	content := p.shown.Put(p.options.At("content").Text())
	if content == "" {
		content = p.shown.Put(p.shown.Content.At("content").Text()) // before 2021
	}
	if len(content) > mostLetters {
		content = strings.ToValidUTF8(content[:mostLetters], "")
	}
	var blocks []block
	switch p.options.At("mode").Text() {
	case "html":
		p.gap("text-html", "HTML is drawn as text, without its tags.")
		blocks = markdown(strip(content))
	case "code":
		for _, line := range strings.Split(content, "\n") {
			blocks = append(blocks, block{text: line, size: codeText, isCode: true})
		}
	default:
		if tag.MatchString(content) {
			p.gap("text-html", "HTML is drawn as text, without its tags.")
		}
		if tableRule.MatchString(content) {
			p.gap("text-table", "A table in a text is drawn as lines.")
		}
		blocks = markdown(strip(content))
	}
	if len(blocks) == 0 && strings.TrimSpace(content) != "" {
		blocks = []block{{text: "HTML without text", size: bodyText}}
	}
	p.blocks(blocks)
}

var (
	listed = regexp.MustCompile(`^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$`)
	titled = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	// tableRule is the line between the head of a table and its rows.
	tableRule = regexp.MustCompile(`(?m)^\s*\|(\s*:?-+:?\s*\|)+\s*$`)
	ruler     = regexp.MustCompile(`^\s*([-*_]\s*){3,}$`)
	tabled    = regexp.MustCompile(`^\|.*\|$`)
	link      = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()]*\)`)
)

// markdown reads the blocks of a text.
func markdown(text string) (all []block) {
	isCode, isOpen := false, false
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "```") {
			isCode, isOpen = !isCode, false
			continue
		}
		switch {
		case isCode:
			all = append(all, block{text: line, size: codeText, isCode: true})
		case trimmed == "":
			isOpen = false
		case tableRule.MatchString(line):
		case tabled.MatchString(trimmed):
			all, isOpen = append(all, block{text: strings.Trim(trimmed, "|"), size: bodyText}), false
		case ruler.MatchString(line):
			all, isOpen = append(all, block{isRule: true, below: blockGap}), false
		case titled.MatchString(trimmed):
			m := titled.FindStringSubmatch(trimmed)
			all, isOpen = append(all, block{text: m[2], size: headings[len(m[1])-1], below: headingGap}), false
		case listed.MatchString(line):
			all, isOpen = append(all, listItem(listed.FindStringSubmatch(line))), true
		case isOpen:
			all[len(all)-1].text += " " + trimmed
		default:
			all, isOpen = append(all, block{text: strings.TrimPrefix(trimmed, "> "), size: bodyText, below: blockGap}), true
		}
	}
	for i := range all {
		if all[i].mark != "" && (i+1 == len(all) || all[i+1].mark == "") {
			all[i].below = blockGap
		}
		all[i].text = link.ReplaceAllString(all[i].text, "$1")
	}
	return all
}

func listItem(m []string) block {
	mark := m[2]
	if _, err := strconv.Atoi(strings.TrimRight(mark, ".)")); err != nil {
		mark = "•"
	}
	depth := min(len(m[1])/2, 3)
	return block{text: m[3], size: bodyText, indent: float64(depth+1) * listIndent, mark: mark}
}

// piece is a word in one style.
type piece struct {
	text           string
	isBold, isCode bool
	space          bool // before it
}

// blocks writes the blocks, one below the other, as far as there is room.
func (p *panel) blocks(all []block) {
	y, bottom := p.content.Y, p.content.Y+p.content.H
	for _, b := range all {
		line := bodyLine * max(1, b.size*letterHeight/bodyLine)
		if b.isRule {
			y += 8
			p.Line(svg.Point{X: p.content.X, Y: crisp(y)}, svg.Point{X: p.content.X + p.content.W, Y: crisp(y)}, svg.Stroke(p.theme.Border, 1))
			y += b.below
			continue
		}
		if y == p.content.Y { // Grafana cuts the first line where the panel is low; it is drawn smaller
			line = min(line, bottom-y)
			b.size = min(b.size, line/letterHeight)
		}
		for n, words := range p.wrap(b) {
			if y+line > bottom+1 || b.size < smallest {
				p.gap("text-cut", "The text is longer than the panel; Grafana lets people scroll.")
				return
			}
			middle := y + line/2
			if n == 0 && b.mark != "" {
				p.Canvas.Text(p.content.X+b.indent-8, svg.Center(middle, b.size), b.mark,
					svg.TextStyle{Size: b.size, Color: p.theme.Text, Anchor: svg.End})
			}
			p.words(words, p.content.X+b.indent, middle, b.size)
			y += line
		}
		y += b.below
	}
}

// wrap breaks a block into lines.
func (p *panel) wrap(b block) (lines [][]piece) {
	room := p.content.W - b.indent
	if b.isCode {
		return [][]piece{{{text: svg.Fit(b.text, room, b.size, svg.Regular)}}}
	}
	used := 0.0
	for _, w := range pieces(b.text) {
		width := w.width(b.size)
		if width > room {
			w.text = svg.Fit(w.text, room-8, b.size, svg.Medium)
			width = w.width(b.size)
		}
		if len(lines) == 0 || w.space && used+width > room {
			lines = append(lines, nil)
			used = 0
			w.space = false
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], w)
		used += width
	}
	return lines
}

func (w piece) width(size float64) float64 {
	width := 0.0
	if w.space {
		width = svg.Width(" ", size, svg.Regular)
	}
	if w.isCode {
		return width + svg.Width(w.text, codeText, svg.Regular) + 10
	}
	return width + svg.Width(w.text, size, w.weight())
}

func (w piece) weight() int {
	if w.isBold {
		return svg.Medium
	}
	return svg.Regular
}

// pieces reads bold text and code. A mark without its partner is text.
func pieces(text string) (all []piece) {
	var now piece
	flush := func() {
		if now.text != "" {
			all = append(all, now)
			now.text, now.space = "", false
		}
	}
	for i := 0; i < len(text); {
		rest := text[i:]
		switch {
		case !now.isCode && (strings.HasPrefix(rest, "**") || strings.HasPrefix(rest, "__")) &&
			(now.isBold || strings.Contains(rest[2:], rest[:2])):
			flush()
			now.isBold = !now.isBold
			i += 2
		case rest[0] == '`' && (now.isCode || strings.Contains(rest[1:], "`")):
			flush()
			now.isCode = !now.isCode
			i++
		case !now.isCode && (rest[0] == ' ' || rest[0] == '\t'):
			flush()
			now.space = len(all) > 0
			i++
		default:
			now.text += rest[:1]
			i++
		}
	}
	flush()
	return all
}

// words writes a line.
func (p *panel) words(all []piece, x, y, size float64) {
	for _, w := range all {
		if w.space {
			x += svg.Width(" ", size, svg.Regular)
		}
		style := svg.TextStyle{Size: size, Weight: w.weight(), Color: p.theme.Text}
		at := x
		if w.isCode {
			style = svg.TextStyle{Size: codeText, Color: p.theme.Text}
			width := svg.Width(w.text, codeText, svg.Regular)
			p.RoundRect(svg.Rect{X: x + 1.5, Y: y - 9.5, W: width + 7, H: 19}, 3,
				svg.Paint{Fill: p.theme.Canvas, Stroke: p.theme.Border})
			at += 5
		}
		p.Canvas.Text(at, svg.Center(y, style.Size), w.text, style)
		x += w.width(size)
		if w.space {
			x -= svg.Width(" ", size, svg.Regular)
		}
	}
}
