package metric

import (
	"slices"
	"strings"
)

// Catalogue is what a service exposes, in the order of its page. A target has one, so that boards leave out what the
// service does not have. In each catalogue that cmd/metrics makes it has the name All.
type Catalogue []Family

// Has reports whether the service exposes series of this name: a family's own, or one of the counters of its
// histograms and summaries.
func (c Catalogue) Has(name string) bool {
	for _, family := range c {
		suffix, ok := strings.CutPrefix(name, family.Name)
		if ok && (suffix == "" || suffix == "_bucket" || suffix == "_count" || suffix == "_sum") {
			return true
		}
	}
	return false
}

// Without returns the catalogue without the families of another one.
func (c Catalogue) Without(other Catalogue) Catalogue {
	named := make(map[string]bool, len(other))
	for _, family := range other {
		named[family.Name] = true
	}
	return slices.DeleteFunc(slices.Clone(c), func(family Family) bool { return named[family.Name] })
}
