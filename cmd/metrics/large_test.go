package main

import (
	"errors"
	"strings"
	"testing"
)

// TestLargeCatalogue: a catalogue that -check would not read is not made: by its help texts, its labels or its metrics.
func TestLargeCatalogue(t *testing.T) {
	labels := strings.Split(strings.Repeat("l,", maxSource/len("Label, l")+1), ",")
	for name, entries := range map[string][]entry{
		"help":    {{name: "a", kind: "Gauge", help: strings.Repeat("a", maxSource/2)}},
		"labels":  {{name: "a", kind: "Gauge", labels: labels}},
		"buckets": {{name: "a", kind: "Histogram", buckets: make([]float64, maxSource/2)}},
	} {
		if _, err := emit("a", "", entries); !errors.Is(err, errTooLarge) || !strings.Contains(err.Error(), "16 MiB") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
