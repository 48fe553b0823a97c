package lint

var kindRules = []Rule{
	rateOfGauge, rawCounter, lifetimeRatio, gaugeFunctionOfCounter, rateAfterSum, rateOfRate,
	quantileWithoutLe, quantileWithoutRate, quantileOfSummary, quantileOutside, sumOfBuckets,
	shortRange, rateInterval, fixedRateRange, irateSkips, needlessSubquery,
}
