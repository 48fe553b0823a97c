package values

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/diff"
	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// query compares two versions of a panel's query.
func (w *work) query(ctx context.Context, old, new diff.Side) (finding, error) {
	a, b := w.of(old), w.of(new)
	if a.why != "" || b.why != "" {
		return finding{}, nil
	}
	return w.compare(ctx, version{a, old.Panel.Defaults.Unit}, version{b, new.Panel.Defaults.Unit})
}

// version is an answer, and the unit that it is shown in.
type version struct {
	answer
	unit string
}

// recording compares two versions of a recording rule.
func (w *work) recording(ctx context.Context, old, new diff.Rule) (finding, error) {
	a, err := w.rule(ctx, old)
	if err != nil || a.why != "" {
		return finding{}, err
	}
	b, err := w.rule(ctx, new)
	if err != nil || b.why != "" {
		return finding{}, err
	}
	return w.compare(ctx, version{answer: a}, version{answer: b})
}

// compare says what the new version shows that the old one did not, or no longer shows.
func (w *work) compare(ctx context.Context, old, new version) (finding, error) {
	olds, news := withData(old.series), withData(new.series)
	switch {
	case len(olds) == 0 && len(news) == 0:
		return finding{}, nil
	case len(news) == 0 && len(new.series) > 0:
		return say("no longer has numbers: only NaN or Inf"), nil
	case len(news) == 0:
		why, foreign, err := w.lack(ctx, new.texts)
		return say("no longer has data"+why, foreign...), err
	case len(olds) == 0:
		return say("has data now: " + counted(len(news))), nil
	case len(olds) != len(news):
		return say(counted(len(olds)) + " → " + fmt.Sprint(len(news))), nil
	}
	pairs, isNamed := match(olds, news)
	a, b, isAll := common(pairs)
	switch {
	case len(a) == 0: // other labels that do not tell which is which, or other times
		a, b = all(olds), all(news)
	case isAll && isEqual(a, b):
		if isNamed {
			return same("same values"), nil
		}
		return same("same values, with other labels"), nil
	case isEqual(a, b):
		return say(fmt.Sprintf("same values, at other times: %s → %d", points(len(all(olds))), len(all(news)))), nil
	}
	f := changed(a, b, shownIn(old.unit), shownIn(new.unit), name(old, new))
	if before, after := len(all(olds)), len(all(news)); math.Abs(float64(after-before)) > fewer*float64(before) {
		f.Text.Words += fmt.Sprintf("; %s → %d", points(before), after)
	}
	return f, nil
}

// fewer is the share of points from which on a person sees that there are fewer, or more: not those at the edge that a
// wider window brings.
const fewer = 0.25

func counted(n int) string { return fmt.Sprintf("%d series", n) }

func points(n int) string {
	if n == 1 {
		return "1 point"
	}
	return fmt.Sprintf("%d points", n)
}

// quantile finds the number of an outermost quantile of a histogram.
var quantile = regexp.MustCompile(`^histogram_quantile\((0\.[0-9]+),`)

// name names what is compared: p95, or the legend of the only series. It is empty where there is no short name.
func name(old, new version) string {
	before, after := old.quantile(), new.quantile()
	switch {
	case before != "" && after != "" && before != after:
		return before + " → " + after
	case after != "":
		return after
	case len(new.series) == 1 && new.legend != "" && !strings.HasPrefix(new.legend, "__") && !strings.Contains(new.legend, "{{"):
		return new.legend
	}
	return ""
}

// quantile names the quantile that the answer is.
func (v version) quantile() string {
	if len(v.texts) == 0 {
		return ""
	}
	q, err := query.Parse(v.texts[0])
	if err != nil {
		return ""
	}
	found := quantile.FindStringSubmatch(q.Canonical())
	if found == nil {
		return ""
	}
	share, _ := strconv.ParseFloat(found[1], 64)
	return "p" + strconv.FormatFloat(100*share, 'g', 5, 64)
}

// added says where a panel or query that is new has no data.
func (w *work) added(s diff.Side) finding {
	targets := s.Panel.Targets
	if s.Target != nil {
		targets = []grafana.Target{*s.Target}
	}
	hasData := slices.ContainsFunc(targets, func(t grafana.Target) bool {
		a := w.of(diff.Side{Panel: s.Panel, Target: &t})
		return a.why != "" || len(withData(a.series)) > 0
	})
	if hasData {
		return finding{}
	}
	return say("has no data")
}
