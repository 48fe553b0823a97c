package lint

var queryRules = []Rule{}
