package metric

import (
	"slices"
	"strings"
)

// Catalogue is what a service exposes, in the order of its page. A target says with it what it has, so that boards leave out
// what it lacks. Each catalogue that cmd/metrics makes has its own under the name All.
type Catalogue []Family

// Has tells whether the service exposes series of this name: a family's own, or that of one of the counters which its
// histograms and summaries consist of.
func (c Catalogue) Has(name string) bool {
	for _, family := range c {
		suffix, ok := strings.CutPrefix(name, family.Name)
		if ok && (suffix == "" || suffix == "_bucket" || suffix == "_count" || suffix == "_sum") {
			return true
		}
	}
	return false
}

// Without is the catalogue without the families of another one.
func (c Catalogue) Without(other Catalogue) Catalogue {
	return slices.DeleteFunc(slices.Clone(c), func(family Family) bool {
		return slices.ContainsFunc(other, func(o Family) bool { return o.Name == family.Name })
	})
}
