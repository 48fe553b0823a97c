package grafana

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// errNoBoard is the error for JSON of another shape.
var errNoBoard = errors.New("not a dashboard: it has no panels; in Grafana use Export, Export as JSON")

// Read reads the first board of a file. It is an error where the file has none.
func Read(data []byte) (Board, error) {
	boards, errs := ReadAll(data)
	if len(boards) > 0 {
		return boards[0], nil
	}
	return Board{}, errs[0]
}

// ReadAll reads all boards of a file of JSON or YAML: one board, a list of them, several documents, ConfigMaps. Like
// Grafana, it ignores values of an unexpected type. What cannot be read is an error and does not keep the rest from
// being read. A file without a board is an error that says what it is; there is always a board or an error.
func ReadAll(data []byte) ([]Board, []error) {
	f := &file{text: string(data)}
	c := &collector{file: f, total: &total{}}
	switch text := strings.TrimSpace(strings.TrimPrefix(f.text, mark)); {
	case len(data) > maxBytes:
		c.fail(fmt.Errorf("not a dashboard: more than %d MiB", maxBytes>>20))
	case text == "":
		c.fail(errors.New("not a dashboard: the file is empty"))
	case strings.HasPrefix(f.text, "\xff\xfe"), strings.HasPrefix(f.text, "\xfe\xff"):
		c.fail(errors.New("not a dashboard: the text is UTF-16; save it as UTF-8"))
	case text[0] == '<':
		c.fail(errors.New("not a dashboard: it is HTML or XML, not JSON or YAML"))
	case text[0] == '{', text[0] == '[':
		c.json(f)
	default:
		c.yaml(f)
	}
	c.errs = append(c.errs, c.total.errs...)
	if len(c.boards) == 0 && len(c.errs) == 0 {
		c.errs = append(c.others, errNoBoard)[:1]
	}
	return c.boards, c.errs
}

var errNotText = errors.New("not JSON or YAML: it is binary, or not in UTF-8; save it as UTF-8, or leave it out")

// ParseJSON reads a text of JSON, such as the list of a custom variable.
func ParseJSON(text string) (*Node, error) { return parseJSON(&file{text: text}, text, 0) }

// collector gathers the boards of a file.
type collector struct {
	file     *file
	isNested bool // the document is a text in another one
	total    *total
	boards   []Board
	errs     []error
	others   []error // about documents that are something else: errors only where there is no board
}

// fail keeps an error. Of a list of a million numbers, nobody reads why each is no board.
func (c *collector) fail(err error) {
	switch n := len(c.errs); {
	case n < maxErrors:
		c.errs = append(c.errs, err)
	case n == maxErrors:
		c.errs = append(c.errs, errors.New("more errors like these"))
	}
}

func (c *collector) json(f *file) {
	text := strings.TrimPrefix(f.text, mark)
	n, err := parseJSON(f, text, len(f.text)-len(text))
	if err != nil {
		c.fail(fmt.Errorf("not JSON: %w", err))
		return
	}
	c.document(n, 0)
}

func (c *collector) yaml(f *file) {
	if !utf8.ValidString(f.text) {
		c.fail(errNotText)
		return
	}
	for _, at := range documents(f.text) {
		if strings.TrimSpace(f.text[at.Start:at.End]) != "" && c.total.isFull() {
			return
		}
		n, err := parseYAML(f, f.text[at.Start:at.End], at.Start)
		if err != nil {
			c.fail(fmt.Errorf("not YAML: %w", err))
		} else if n.Exists() {
			c.document(n, 0)
		}
	}
}

// documents splits a text at its --- and ... lines. They begin at the margin, where no value can have them.
func documents(text string) []Span {
	spans := []Span{{0, len(text)}}
	at := 0
	for line := range strings.Lines(text) {
		marker := strings.TrimPrefix(line, mark)
		if len(marker) >= 3 && (marker[:3] == "---" || marker[:3] == "...") && strings.TrimLeft(marker[3:], " \t\r\n") != marker[3:] ||
			marker == "---" || marker == "..." {
			start := at
			if strings.Contains(marker[:3], ".") {
				start = at + len(line)
			}
			spans[len(spans)-1].End = at
			spans = append(spans, Span{start, len(text)})
		}
		at += len(line)
	}
	return spans
}

// maxWrapping bounds lists in lists and boards in ConfigMaps in lists.
const maxWrapping = 5

// document reads the boards of one document, whatever is around them.
func (c *collector) document(n *Node, depth int) {
	kind := n.At("kind").Text()
	items := n.At("items")
	switch {
	case depth > maxWrapping:
		c.fail(fmt.Errorf("line %d: more than %d lists within lists", n.Place().Line, maxWrapping))
	case n.IsList():
		c.each(n, depth)
	case strings.HasSuffix(kind, "List") && items.IsList():
		c.each(items, depth)
	case kind == "ConfigMap" && n.At("apiVersion").Exists():
		c.configMap(n, depth)
	case kind == "GrafanaDashboard" && n.At("spec", "json").Exists():
		c.nested("spec.json", n.At("spec", "json"), depth)
	default:
		c.board(n)
	}
}

func (c *collector) each(list *Node, depth int) {
	for _, n := range list.List() {
		c.document(n, depth+1)
	}
}

func (c *collector) board(document *Node) {
	n, isV2 := unwrap(document)
	if n == nil {
		c.other(document)
		return
	}
	if c.total.isFull() || c.total.isTooLarge(n) {
		return
	}
	r := newReader(n, document, isV2)
	b := r.board(document)
	c.total.add(b, r.counts)
	c.boards = append(c.boards, b)
}

// unwrap removes the envelopes: {"dashboard": ...} of the API, {"spec": ...} of a resource. It returns nil for what is
// not a board.
func unwrap(n *Node) (board *Node, isV2 bool) {
	version := n.At("apiVersion").Text()
	isResource := strings.HasPrefix(version, "dashboard.grafana.app/") && n.At("spec").IsObject()
	if isResource {
		kind := n.At("kind").Text()
		if kind != "" && kind != "Dashboard" && kind != "DashboardWithAccessInfo" {
			return nil, false
		}
		n = n.At("spec")
	} else if inner := n.At("dashboard"); inner.IsObject() {
		if inner.At("apiVersion").Exists() {
			return unwrap(inner)
		}
		n = inner
	}
	if strings.Contains(version, "/v2") || n.At("elements").IsObject() && n.At("layout").IsObject() {
		return n, true
	}
	isClassic := n.At("panels").IsList() || n.At("rows").IsList() || n.At("schemaVersion").Kind() == Number
	if isClassic || isResource && n.At("title").Exists() {
		return n, false
	}
	return nil, false
}

// other records a document that is not a board. A Kubernetes object of another kind may stand beside boards.
func (c *collector) other(n *Node) {
	err := errNoBoard
	kind := n.At("kind").Text()
	switch {
	case kind != "" && n.At("apiVersion").Exists():
		c.others = append(c.others, fmt.Errorf("not a dashboard: a %.60s of %.60s", kind, n.At("apiVersion").Text()))
		return
	case n.At("groups").IsList():
		err = errors.New("not a dashboard: a file of Prometheus rules")
	case n.At("model").IsObject() && n.At("uid").Exists():
		err = errors.New("not a dashboard: a library panel alone")
	case n.At("message").Exists() && len(n.Members()) <= 5:
		err = fmt.Errorf("not a dashboard: an answer of an API: %.200s", n.At("message").Text())
	case !n.IsObject() && n.Exists():
		err = errors.New("not a dashboard: a plain text or number")
	}
	if line := n.Place().Line; line > 1 && !c.isNested {
		err = fmt.Errorf("line %d: %w", line, err)
	}
	c.fail(err)
}
