package main

import (
	"fmt"
	"strings"
	"testing"

	"gaugewright/internal/output/outputtest"
)

// TestKilled: a board is whole, as it was or mended, whenever -fix ends.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	w := outputtest.Writer{Command: "lint", Dir: dir, Folder: dir, Args: func(int) []string { return []string{"-fix", "shop.json"} }}
	for i, title := range []string{"Old", "New, and longer"} {
		panels := strings.Repeat(`{"title": "Up", "type": "timeseries", "targets": [{"refId": "A", "expr": "rate(up_total[$__interval])"}]},`+"\n", 20)
		board := fmt.Sprintf(`{"uid": "shop", "title": %q, "panels": [%s{"type": "text"}]}`, title, panels)
		w.Inputs[i] = map[string]string{"shop.json": board}
	}
	outputtest.Kill(t, w)
}
