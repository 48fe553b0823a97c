package grafana

import (
	"fmt"
	"strings"
	"testing"
)

// boardWords are the names and values of boards that decide how they are read.
var boardWords = strings.Fields(`panels rows targets expr refId type row id title elements layout spec kind items element name
	RowsLayout GridLayout TabsLayout AutoGridLayout Panel PanelKind data QueryGroup queries query group options transformations
	templating list variables annotations datasource uid dashboard apiVersion dashboard.grafana.app/v2 dashboard.grafana.app/v1
	ConfigMap v1 List metadata dashboards.json repeat gridPos x y w h collapsed fieldConfig defaults overrides matcher
	byName properties thresholds steps value libraryPanel model schemaVersion hide instant range format table legendFormat
	interval maxDataPoints timeFrom timeShift custom current regex allValue includeAll multi __inputs inputs DS_PROM prometheus
	$ds ${ds} 1m A B rate(x[5m]) tags time from to refresh GrafanaDashboard json rows.json binaryData`)

// FuzzMadeBoard is FuzzBoard for objects, lists and values of a board's own words, which bytes put together: most inputs
// are boards, however odd.
func FuzzMadeBoard(f *testing.F) {
	for _, seed := range []string{"", "\x00\x00\x01", "\x05\x80\x10\xc0", "\x80\x00\xc0\x02\x80\x03\x41\x40\x80\x05\x42"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &maker{bytes: data[:min(len(data), 400)]}
		text := m.object("panels", 0)
		if m.next()%4 == 0 {
			text = m.object("elements", 0)
		}
		checkBoards(t, []byte(text))
	})
}

type maker struct{ bytes []byte }

func (m *maker) next() byte {
	if len(m.bytes) == 0 {
		return 0
	}
	b := m.bytes[0]
	m.bytes = m.bytes[1:]
	return b
}

func (m *maker) word() string { return boardWords[int(m.next())%len(boardWords)] }

// object makes an object whose first member has the name.
func (m *maker) object(first string, depth int) string {
	members := []string{fmt.Sprintf("%q: %s", first, m.value(depth+1))}
	for range m.next() % 6 {
		members = append(members, fmt.Sprintf("%q: %s", m.word(), m.value(depth+1)))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func (m *maker) value(depth int) string {
	kind := m.next()
	if depth > 12 {
		kind %= 4
	}
	switch kind % 10 {
	case 0, 1:
		return fmt.Sprintf("%q", m.word())
	case 2:
		return []string{"null", "true", "false", "1", "-1", "1e999", "0.5", `""`}[m.next()%8]
	case 3:
		return fmt.Sprint(m.next())
	case 4, 5, 6:
		var elements []string
		for range m.next() % 4 {
			elements = append(elements, m.value(depth+1))
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case 7:
		return fmt.Sprintf("%q", m.object(m.word(), depth+8)) // a document in a text
	}
	return m.object(m.word(), depth)
}
