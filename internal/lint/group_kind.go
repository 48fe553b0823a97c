package lint

var kindRules = []Rule{rateOfGauge}
