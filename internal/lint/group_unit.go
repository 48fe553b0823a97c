package lint

var unitRules = []Rule{}
