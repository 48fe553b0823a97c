package lint

var boardRules = []Rule{
	uidMissing, uidLong, uidTwice, titleTwice, hardDataSource, allWithoutValue, variableCircle, unusedVariable, unknownRepeat,
	editableGenerated, deadLink, refreshFast, emptyCurrent, folderAnnotation, unplacedElement, missingElement,
}
