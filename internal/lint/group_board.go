package lint

var boardRules = []Rule{}
