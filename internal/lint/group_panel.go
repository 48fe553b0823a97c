package lint

var panelRules = []Rule{
	panelTitle, panelDescription, panelQuery, retiredPanel, idTwice, idMissing, refTwice, panelOverlap, offGrid, heatmapBuckets,
	pieParts, instantGraph, overrideField, manyQueries, longQuery,
}
