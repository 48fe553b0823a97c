package verify

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/query"
)

var number = regexp.MustCompile(`[-+]?(?:Inf\b|[0-9.]+(?:[eE][-+]?[0-9]+)?)`)

// asStored returns a matcher on le or quantile with its numbers as Prometheus 3 stores them: 5 as 5.0, .5 as 0.5. In a
// regular expression these are whole alternatives.
func asStored(m query.Matcher) query.Matcher {
	if m.Label != "le" && m.Label != "quantile" {
		return m
	}
	isPattern := strings.HasSuffix(m.Op, "~")
	var value strings.Builder
	end := 0
	for _, at := range number.FindAllStringIndex(m.Value, -1) {
		before, after := m.Value[:at[0]], m.Value[at[1]:]
		starts := before == "" || isPattern && strings.ContainsAny(before[len(before)-1:], "|(:^")
		ends := after == "" || isPattern && strings.ContainsAny(after[:1], "|)$")
		f, err := strconv.ParseFloat(m.Value[at[0]:at[1]], 64)
		if !starts || !ends || err != nil {
			continue
		}
		stored := storedFloat(f)
		if isPattern {
			stored = strings.ReplaceAll(stored, "+", `\+`)
		}
		value.WriteString(m.Value[end:at[0]] + stored)
		end = at[1]
	}
	m.Value = value.String() + m.Value[end:]
	return m
}

// storedFloat writes a number as Prometheus 3 writes it into le and quantile.
func storedFloat(f float64) string {
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if strings.ContainsAny(text, "e.IN") {
		return text
	}
	return text + ".0"
}

// spelling returns how to write a matcher whose numbers Prometheus 3 stores otherwise, or an empty text. Then a series
// has such a number that the matcher as it is written misses.
func spelling(m query.Matcher, series []map[string]string) string {
	stored := asStored(m)
	written, meant := m, stored
	if opposite[m.Op] != "" {
		written.Op, meant.Op = opposite[m.Op], opposite[m.Op]
	}
	selects, isMeant := passer(written), passer(meant)
	if stored == m || !slices.ContainsFunc(series, func(labels map[string]string) bool {
		return isMeant(labels[m.Label]) && !selects(labels[m.Label])
	}) {
		return ""
	}
	return fmt.Sprintf("Prometheus 3 stores %s as %s; write %s", m.Label, stored.Value, matcherText(stored))
}

// misspelled notes the patterns of a selector that take only some of the numbers that they mean, as le=~"0.5|1" does.
func (j *judge) misspelled(ctx context.Context, r *reading, s query.Selector) error {
	for i, m := range s.Matchers {
		if !strings.HasSuffix(m.Op, "~") || asStored(m) == m {
			continue
		}
		others, err := j.find(ctx, s.Metric, slices.Delete(slices.Clone(s.Matchers), i, i+1))
		if err != nil {
			return err
		}
		taken := m
		taken.Op = "=~"
		if text := spelling(m, others); text != "" && passing(taken, others) {
			r.notes = append(r.notes, fmt.Sprintf("%s: %s misses some of the numbers in it: %s", s.Metric, matcherText(m), text))
		}
	}
	return nil
}
