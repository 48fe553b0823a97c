package alert

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// Boards are a service's boards in reading order. The panels of its alerts are looked up in them.
type Boards []dashboard.Dashboard

// shown is a panel on a board.
type shown struct {
	uid       string
	variables []string // the board's
	panel     dashboard.Panel
	asks      []string // its queries, without the reader's choices
}

func (p shown) title() string { return *p.panel.Title }

// Have reports whether the panel is on one of the boards.
func (b Boards) Have(panel cog.Builder[dashboard.Panel]) bool {
	_, err := b.find(panel)
	return err == nil
}

// find finds a panel by its title and its queries, without the reader's choices. If several boards have it, the last
// one counts: overviews come first, the board of the subject later.
func (b Boards) find(builder cog.Builder[dashboard.Panel]) (shown, error) {
	panel, err := builder.Build()
	if err != nil {
		return shown{}, fmt.Errorf("its panel cannot be built: %w", err)
	}
	if panel.Title == nil {
		return shown{}, fmt.Errorf("its panel has no title")
	}
	asks, namesake := queries(panel), ""
	for _, board := range slices.Backward(b) {
		for _, p := range board.Panels {
			if p.Panel == nil || p.Panel.Title == nil || *p.Panel.Title != *panel.Title || board.Uid == nil {
				continue
			}
			if slices.Equal(queries(*p.Panel), asks) {
				return shown{*board.Uid, variables(board), *p.Panel, asks}, nil
			}
			namesake = *board.Uid
		}
	}
	if namesake != "" {
		return shown{}, fmt.Errorf("its panel %q has other queries than the one on %s: give the same panel as the board", *panel.Title, namesake)
	}
	return shown{}, fmt.Errorf("its panel %q is not on a board of the service: put it on one, or give a panel that is", *panel.Title)
}

func variables(board dashboard.Dashboard) []string {
	var names []string
	for _, variable := range board.Templating.List {
		names = append(names, variable.Name)
	}
	return names
}

// queries returns the texts of a panel's queries, without the reader's choices.
func queries(p dashboard.Panel) []string {
	var texts []string
	for _, target := range p.Targets {
		switch query := target.(type) {
		case prometheus.Dataquery:
			texts = append(texts, withoutChoices(query.Expr))
		case *prometheus.Dataquery:
			texts = append(texts, withoutChoices(query.Expr))
		}
	}
	return texts
}

// chosen matches the matcher of a reader's choice in a variable: an alert judges all values.
var chosen = regexp.MustCompile(`\w+=~"\$\w+",?`)

func withoutChoices(expr string) string {
	return strings.ReplaceAll(chosen.ReplaceAllString(expr, ""), ",}", "}")
}

// scales returns the factors by which the panel's queries multiply the expression; none if no query draws it.
func (p shown) scales(expr string) []float64 {
	var scales []float64
	expr = withoutChoices(expr)
	for _, query := range p.asks {
		rest, found := after(query, expr)
		if !found {
			continue
		}
		scale := 1.0
		if factor := multiplied.FindStringSubmatch(rest); factor != nil {
			scale, _ = strconv.ParseFloat(factor[1], 64) // digits
		}
		scales = append(scales, scale)
	}
	return scales
}

// multiplied matches the text behind an expression that a display has multiplied: rate(x) * 60, max(rate(x)) * 60, or
// (rate(x) and the choice of processes) * 60.
var multiplied = regexp.MustCompile(`(?:^\)*|\)) \* ([1-9]\d*)(?:$|[^\d.])`)

// after returns the text behind an expression in a query. A longer name with the same ending, an offset and a range
// are other expressions.
func after(query, expr string) (rest string, found bool) {
	for from := 0; ; from++ {
		at := strings.Index(query[from:], expr)
		if at < 0 {
			return "", false
		}
		from += at
		rest = query[from+len(expr):]
		if !nameEnds.MatchString(query[:from]) && !strings.HasPrefix(rest, "[") && !strings.HasPrefix(rest, " offset ") {
			return rest, true
		}
	}
}

var nameEnds = regexp.MustCompile(`[\w:]$`)

// steps returns the values where the panel's colours change, in a table's columns too.
func (p shown) steps() []float64 {
	if p.panel.FieldConfig == nil {
		return nil
	}
	var steps []float64
	add := func(thresholds *dashboard.ThresholdsConfig) {
		for _, step := range thresholds.Steps {
			if step.Value != nil {
				steps = append(steps, *step.Value)
			}
		}
	}
	if thresholds := p.panel.FieldConfig.Defaults.Thresholds; thresholds != nil {
		add(thresholds)
	}
	for _, override := range p.panel.FieldConfig.Overrides {
		for _, property := range override.Properties {
			if thresholds, ok := property.Value.(dashboard.ThresholdsConfig); ok {
				add(&thresholds)
			}
		}
	}
	return steps
}
