package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/rulefmt"
	"gopkg.in/yaml.v3"

	"gaugewright/internal/query"
	"gaugewright/internal/yamlsize"
)

// Limits of a rule file. The largest public ones have some hundred rules, and a rule has ten texts.
const (
	maxRules = 10_000
	maxTexts = 200 // labels and annotations of a rule; likewise labels of a group
)

// rulesIn returns how many rules the groups of a rule file have.
func rulesIn(node *yaml.Node) int {
	n := 0
	for _, group := range items(field(node, "groups")) {
		if list := target(field(group, "rules")); list != nil {
			n += len(list.Content)
		}
	}
	return n
}

// ErrLimit is among the errors of Parse where a limit is why something is not read. Prometheus may well read it.
var ErrLimit = yamlsize.ErrLimit

// limitError is an error that is ErrLimit, in its own words.
type limitError struct{ error }

func (e limitError) Is(target error) bool { return target == ErrLimit }

// withoutTooLarge takes the rules over a limit out of the groups, and returns an error for each.
func withoutTooLarge(groups []Group) (all []error) {
	for i, group := range groups {
		ofGroup := tooLarge(rulefmt.Rule{Labels: group.Labels})
		groups[i].Rules = slices.DeleteFunc(group.Rules, func(r Rule) bool {
			err := cmp.Or(ofGroup, tooLarge(r.Rule))
			if err != nil {
				all = append(all, limitError{fmt.Errorf("line %d: %s is not read: %w", r.Line, r.title(), err)})
			}
			return err != nil
		})
	}
	return all
}

// tooLarge returns why a rule is not even checked, or nil.
func tooLarge(r rulefmt.Rule) error {
	if len(r.Labels)+len(r.Annotations) > maxTexts {
		return fmt.Errorf("more than %d labels and annotations, the limit", maxTexts)
	}
	for _, set := range []map[string]string{r.Labels, r.Annotations} {
		for name, text := range set {
			if len(text) > maxTemplate && strings.Contains(text, "{{") {
				return fmt.Errorf("%.60s: %w", name, errTemplateLong)
			}
		}
	}
	return query.CheckSize(r.Expr)
}
