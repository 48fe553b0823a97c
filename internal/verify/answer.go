package verify

import "gaugewright/internal/source"

// answer holds the relevant parts of an answer: not its values, so that the answers to all questions can be kept.
type answer struct {
	series  []map[string]string // labels
	samples int
	finite  int // samples other than NaN and Inf
	remarks []string
	server  []string
}

func summed(a source.Answer) answer {
	made := answer{remarks: a.Remarks, server: a.Server}
	made.samples, made.finite = a.Samples()
	for _, s := range a.Series {
		made.series = append(made.series, s.Labels)
	}
	return made
}
