package lint

var panelRules = []Rule{}
