package lint

var unitRules = []Rule{unitRule, unknownUnit, noUnit, thresholdScale, stepsOrder, mixedBases, twoUnits, differentUnits}
