package lint

var promRules = []Rule{
	ruleFile, noThreshold, shortFor, forUnit, templateLabel, badTemplate, alertTwice, secondDocument, alertLink, alertBoard, limitStep,
	severityMissing, summaryMissing, recordName,
}
