package lint

var queryRules = []Rule{
	parse, newerPrometheus, featureFlag, undefinedVariable, unknownMetric, unknownLabel, lostLabel, legendLabel,
	equalsMany, deadMatcher, leLiteral, neverMatches, manyToMany, averageOfQuantiles, sumOfRatios, zeroLine, deadSide,
}
