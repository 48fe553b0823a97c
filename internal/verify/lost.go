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
	r.Coverage.Lacking = nil
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool { return slices.Contains(needAll, f.Kind) })
	for _, all := range [][]Judged{r.Queries, r.Rules} {
		for i, one := range all {
			isBroken := slices.ContainsFunc(r.Findings, func(f report.Finding) bool { return f.Place == one.Place && f.Kind == broken })
			if one.State == Dead && !isBroken {
				all[i].State, all[i].Why = NotJudged, "a target was not read that may have it: "+lost[0].File
				r.Notes = append(r.Notes, report.Finding{Place: one.Place, Text: notJudged(all[i].Why)})
			}
		}
	}
}
