package lint

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// https://github.com/grafana/grafana/blob/main/pkg/util/shortid_generator.go
var uidCharacters = regexp.MustCompile(`^[a-zA-Z0-9\-_.]+$`)

// isCopy reports whether two boards are one: the same content in files for different ways to bring it to Grafana.
func isCopy(a, b *Board) bool {
	return a.Title == b.Title && len(a.Panels) == len(b.Panels) && a.File != b.File && (a.V2 != b.V2 || a.Document != a.Node || b.Document != b.Node ||
		a.Node.Syntax() != b.Node.Syntax() || a.Node.String() == b.Node.String())
}

// hasDataSource reports whether a file provisions a data source of that uid or name.
func (f *Files) hasDataSource(uid string) bool {
	return slices.ContainsFunc(f.All, func(file *File) bool {
		return slices.ContainsFunc(file.DataSources, func(s DataSource) bool { return s.UID == uid || s.Name == uid })
	})
}

// circleFrom returns the way from a variable back to itself; nil where there is none.
func circleFrom(start string, needs map[string][]string) []string {
	visited := map[string]bool{}
	var walk func(name string) []string // the way back from the start to the name
	walk = func(name string) []string {
		for _, next := range needs[name] {
			if next == start {
				return []string{name}
			}
			if !visited[next] {
				visited[next] = true
				if found := walk(next); found != nil {
					return append(found, name)
				}
			}
		}
		return nil
	}
	way := walk(start)
	slices.Reverse(way)
	return way
}

var generated = regexp.MustCompile(`(?i)\b(auto-?)?generated\b|\bdo not edit\b`)

// linkedBoard returns the uid in a link to a board of the same Grafana.
func linkedBoard(link string) (uid string, ok bool) {
	u, err := url.Parse(strings.ReplaceAll(link, " ", "+"))
	if err != nil || u.Host != "" {
		return "", false
	}
	_, rest, ok := strings.Cut("/"+strings.TrimPrefix(u.Path, "/"), "/d/")
	uid, _, _ = strings.Cut(rest, "/")
	return uid, ok && uid != "" && !isVariable(uid)
}

// eachLink calls f with all links of the board: its own, those of panels, fields and overrides. The panel is nil for its own.
func (b *Board) eachLink(f func(*Panel, grafana.Link)) {
	for _, link := range b.Links {
		f(nil, link)
	}
	for _, panel := range b.Panels {
		for _, link := range slices.Concat(panel.Links, panel.Defaults.Links) {
			f(panel, link)
		}
		for _, o := range panel.Overrides {
			for _, property := range o.Properties {
				if property.ID == "links" {
					for _, n := range property.Value.List() {
						f(panel, grafana.Link{Title: n.At("title").Text(), URL: n.At("url").Text(), Node: n})
					}
				}
			}
		}
	}
}

// text is what the file has of the board.
func (b *Board) text() []byte {
	span := b.Node.Span()
	if span.End <= span.Start || span.End > len(b.File.Data) {
		return b.File.Data
	}
	return b.File.Data[span.Start:span.End]
}

// usedNames returns how often each variable is referred to: in texts, as what repeats something, or in a condition.
func (b *Board) usedNames() map[string]int {
	used := map[string]int{}
	count := func(text string) {
		for ref := range query.ReferencesSeq(text) {
			used[ref.Name]++
		}
	}
	var walk func(*grafana.Node)
	walk = func(n *grafana.Node) {
		switch n.Kind() {
		case grafana.String:
			count(n.Text())
		case grafana.List:
			for _, element := range n.List() {
				walk(element)
			}
		case grafana.Object:
			for _, m := range n.Members() {
				switch m.Name {
				case "repeat", "repeatRow", "variable": // a name, or v2's object around it
					used[m.Value.Text()]++
					used[m.Value.At("value").Text()]++
				}
				count(m.Name)
				walk(m.Value)
			}
		}
	}
	walk(b.Node)
	if b.Document != b.Node {
		walk(b.Document.At("__elements"))
	}
	return used
}
