// Package yamlsize bounds what a parser of YAML makes of a text, before it does: of two bytes it can make a value of two
// hundred. The package parses nothing, so its number is an upper bound: signs within texts count, too.
package yamlsize

import (
	"fmt"
	"strings"
)

// Most is how many values a text may have. A ConfigMap of 1 MiB, its largest size, never has as many; nor have 5 MiB of most
// YAML.
const Most = 1 << 20

// Check returns an error for a text of more than Most values.
func Check(text string) error {
	if len(text) <= Most || values(text) <= Most {
		return nil
	}
	return fmt.Errorf("YAML of more than %d values in one document, the limit: split it with --- or into files", Most)
}

// values counts the signs after which a value may begin.
func values(text string) int {
	n := 1 - strings.Count(text, "\r\n") // which is one line break, and counted as two below
	for _, sign := range []string{",", "[", "{", "- ", "? ", ": ", "\n", "\r", "\u0085", "\u2028", "\u2029"} {
		n += strings.Count(text, sign)
	}
	return n
}
