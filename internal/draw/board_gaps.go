package draw

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// BoardGaps returns what of a board is not drawn besides what the gaps of each panel say: its annotations and all links.
func BoardGaps(b *opened.Board) (all []Gap) {
	for _, a := range b.Annotations {
		if a.Enabled && !a.BuiltIn {
			all = append(all, Gap{"", "annotation", "The annotation " + a.Name + " is not drawn."})
		}
	}
	for _, of := range linked(b) {
		all = append(all, Gap{"", "links", "The links of " + of + " are not drawn."})
	}
	return all
}

// linked names what has links.
func linked(b *opened.Board) (all []string) {
	if len(b.Links) > 0 {
		all = append(all, "the board")
	}
	for _, p := range b.Shown {
		if p.Copy == 0 && hasLinks(p) {
			all = append(all, cmp.Or(p.PutTitle(p.Title), "a panel without a title"))
		}
	}
	return all
}

// hasLinks reports whether a panel or its values have links.
func hasLinks(p opened.Panel) bool {
	return len(p.Links) > 0 || len(p.Defaults.Links) > 0 || slices.ContainsFunc(p.Overrides, func(o grafana.Override) bool {
		return slices.ContainsFunc(o.Properties, func(p grafana.Property) bool {
			return p.ID == "links" && len(p.Value.List()) > 0
		})
	})
}

// codes returns the codes of gaps, each with how often it is there.
func codes(gaps []Gap) string {
	count := map[string]int{}
	for _, g := range gaps {
		count[g.Code]++
	}
	var all []string
	for _, g := range gaps {
		if n := count[g.Code]; n > 0 {
			all = append(all, fmt.Sprintf("%s (%d)", g.Code, n))
			count[g.Code] = 0
		}
	}
	return strings.Join(all, ", ")
}
