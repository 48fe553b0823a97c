package query

// ofCall follows https://prometheus.io/docs/prometheus/latest/querying/functions.
func (m *measurer) ofCall(p *Part) amount {
	var argument, vector amount // the first one, and the last that is a vector, with a range or without
	for i, below := range p.Parts {
		a := m.of(below)
		if i == 0 {
			argument = a
		}
		if below.Vector {
			vector = a
		}
	}
	if p.Call.Func == "vector" {
		return argument
	}
	return resultOf(p.Call.Func, vector)
}

// resultOf is the amount of a function's result from that of the vector it is given.
func resultOf(function string, a amount) amount {
	switch function {
	case "abs", "ceil", "floor", "round", "clamp", "clamp_max", "clamp_min", "scalar", "info",
		"sort", "sort_desc", "sort_by_label", "sort_by_label_desc", "label_replace", "label_join",
		"increase", "delta", "idelta", "predict_linear", "double_exponential_smoothing", "sum_over_time",
		"avg_over_time", "min_over_time", "max_over_time", "last_over_time", "first_over_time",
		"quantile_over_time", "stddev_over_time", "mad_over_time", "histogram_sum":
		return a.as(a.value)
	case "rate", "irate", "deriv":
		return a.as(a.value.times(seconds, -1))
	case "integral":
		return a.as(a.value.times(seconds, 1))
	case "stdvar_over_time":
		return a.as(a.value.times(a.value, 1))
	case "sqrt":
		return a.as(a.value.root(2))
	case "histogram_quantile", "histogram_quantiles", "histogram_avg", "histogram_stddev":
		return plain(a.observed)
	case "histogram_stdvar":
		return plain(a.observed.times(a.observed, 1))
	case "histogram_count":
		return plain(a.value.times(a.observed, -1))
	case "absent", "absent_over_time", "count_over_time", "present_over_time", "changes", "resets", "sgn",
		"histogram_fraction", "minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month",
		"month", "year":
		return plain(count)
	case "time", "timestamp", "start_timestamp", "start", "end", "step", "range", "ts_of_first_over_time",
		"ts_of_last_over_time", "ts_of_min_over_time", "ts_of_max_over_time":
		return plain(seconds)
	case "pi":
		return plain(number)
	}
	return plain(unknown)
}
