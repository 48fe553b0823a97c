package lint

import "slices"

// Rules are all rules, by group, in the order of the table.
var Rules = slices.Concat(kindRules, unitRules, queryRules, panelRules, boardRules, promRules, acrossRules)
