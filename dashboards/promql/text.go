package promql

import (
	"slices"
	"sync"

	"gaugewright/dashboards/metric"
)

// Text is a query that exists already, with what it measures and the labels of its result: its panel's unit and
// legend are made of them. The text is not parsed here: package promqltest checks it against a catalogue, in a test.
func Text(query string, dimension Dimension, labels ...metric.Label) Expr {
	e := Expr{text: query, dim: dimension, labels: labelSet(nil).with(labels...)}
	if query == "" {
		return e.fail("a text without a query")
	}
	written.note(query, dimension, e.labels)
	return e
}

// Written is a call of Text.
type Written struct {
	File      string
	Line      int
	Query     string
	Dimension Dimension
	Labels    []metric.Label // sorted
}

// Texts returns the calls of Text while build runs, in their order.
func Texts(build func()) []Written {
	written.collecting.Lock()
	defer written.collecting.Unlock()
	written.begin()
	defer written.end()
	build()
	return written.end()
}

// written notes calls of Text only while Texts runs.
var written notes

type notes struct {
	collecting sync.Mutex // one Texts at a time
	mu         sync.Mutex // guards the fields below
	asked      bool
	calls      []Written
}

func (n *notes) begin() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked, n.calls = true, nil
}

func (n *notes) end() []Written {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked = false
	return n.calls
}

func (n *notes) note(query string, dimension Dimension, labels []metric.Label) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.asked {
		file, line := place()
		n.calls = append(n.calls, Written{file, line, query, dimension, slices.Clone(labels)})
	}
}
