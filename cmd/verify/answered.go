package main

import (
	"strings"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
)

// answered converts a server's answer to what matters here.
func answered(value model.Value, warnings v1.Warnings, infos v1.Infos) answer {
	var a answer
	for _, text := range append(append([]string{}, warnings...), infos...) {
		if strings.HasPrefix(text, "PromQL ") { // the prefix of Prometheus's own annotations (util/annotations)
			a.remarks = append(a.remarks, text)
		} else {
			a.server = append(a.server, text)
		}
	}
	count := func(metric model.Metric, floats []model.SamplePair, histograms int) {
		a.series = append(a.series, texts(model.LabelSet(metric)))
		a.samples += len(floats) + histograms
		a.finite += histograms
		for _, sample := range floats {
			if isFinite(float64(sample.Value)) {
				a.finite++
			}
		}
	}
	switch value := value.(type) {
	case model.Matrix:
		for _, s := range value {
			count(s.Metric, s.Values, len(s.Histograms))
		}
	case model.Vector:
		for _, s := range value {
			if s.Histogram != nil {
				count(s.Metric, nil, 1)
			} else {
				count(s.Metric, []model.SamplePair{{Value: s.Value}}, 0)
			}
		}
	case *model.Scalar:
		count(nil, []model.SamplePair{{Value: value.Value}}, 0)
	}
	return a
}

func texts(set model.LabelSet) map[string]string {
	labels := make(map[string]string, len(set))
	for name, value := range set {
		labels[string(name)] = string(value)
	}
	return labels
}
