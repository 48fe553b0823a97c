package verify

import (
	"slices"

	"gaugewright/internal/report"
)

// needAll are the kinds of findings that are only true where all series are known.
var needAll = []report.Kind{dead, window, notNumbers, label, legend, override, transformation, variable}

// withoutLost takes back what a target that could not be read may explain: it may have what a query lacks.
func (r *Report) withoutLost(lost []report.Finding) {
	if len(lost) == 0 {
		return
	}
	r.Errors = append(r.Errors, lost...)
	if r.Coverage != nil {
		r.Coverage.Lacking, r.Coverage.IsPart = nil, true
	}
	why := "a target that was not read may have what is missing: " + lost[0].File
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool { return slices.Contains(needAll, f.Kind) })
	isBroken := map[report.Place]bool{}
	for _, f := range r.Findings {
		isBroken[f.Place] = isBroken[f.Place] || f.Kind == broken
	}
	for _, all := range [][]Judged{r.Queries, r.Rules} {
		for i, one := range all {
			if one.State == Dead && !isBroken[one.Place] {
				all[i].State, all[i].Why = NotJudged, why
				r.Notes = append(r.Notes, report.Finding{Place: one.Place, Text: notJudged(why)})
			}
		}
	}
}
