package lint

import "gaugewright/internal/query"

var differentUnits = Rule{
	Name: "different-units", Group: Units, Severity: Error,
	Doc: "An operator adds, subtracts or compares two things that are not measured in the same, such as bytes and seconds, or seconds and milliseconds: the " +
		"result means nothing.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			o := part.Operation
			if o == nil || o.Op != "+" && o.Op != "-" && !o.IsComparison() {
				return true
			}
			left, isLeft := p.measured(q, part.Parts[0])
			right, isRight := p.measured(q, part.Parts[1])
			if isLeft && isRight && isOtherQuantity(left, right) {
				p.Query(q, part.Span, "the left side is %s, the right side %s: %s has no meaning between them", left.words(), right.words(), o.Op)
			}
			return true
		})
	},
}

// isOtherQuantity reports whether two values can be neither added nor compared. A number of things may be compared with
// anything, a gauge of bytes may be a limit of what comes in a second, and a weight or a time by which somebody multiplies makes
// another quantity of a value.
func isOtherQuantity(a, b measure) bool {
	isCertain := a.times == 1 && b.times == 1 && !a.isPlain() && !b.isPlain()
	isSame := a.Bytes == b.Bytes && a.Seconds == b.Seconds
	return isCertain && (a.Bytes != b.Bytes || a.Seconds*b.Seconds < 0 || isSame && a.Ten != b.Ten)
}
