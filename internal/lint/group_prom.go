package lint

var promRules = []Rule{}
