package lint

var acrossRules = []Rule{}
