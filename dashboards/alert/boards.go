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

// Boards are the boards of a service, in reading order, in which the panels of its alerts are looked up.
type Boards []dashboard.Dashboard

// shown is a panel on a board.
type shown struct {
	uid       string
	variables []string // the board's
	panel     dashboard.Panel
	asks      []string // its queries, without the choices of a reader
}

func (p shown) title() string { return *p.panel.Title }

// Have reports whether the panel is on one of the boards.
func (b Boards) Have(panel cog.Builder[dashboard.Panel]) bool {
	_, err := b.find(panel)
	return err == nil
}

// find looks a panel up by its title and its queries; what a reader can choose on the board only is not compared. Of several
// boards it is the last: overviews come first, the board of the subject later.
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
		return shown{}, fmt.Errorf("its panel %q asks other queries than the one on %s: give the panel as the board has it", *panel.Title, namesake)
	}
	return shown{}, fmt.Errorf("its panel %q is on no board of the service: put it on one, or give a panel that is", *panel.Title)
}

func variables(board dashboard.Dashboard) []string {
	var names []string
	for _, variable := range board.Templating.List {
		names = append(names, variable.Name)
	}
	return names
}

// queries are the texts of a panel's queries, without the choices of a reader.
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

// chosen is a matcher for what a reader chooses in a variable: an alert judges all of it.
var chosen = regexp.MustCompile(`\w+=~"\$\w+",?`)

func withoutChoices(expr string) string {
	return strings.ReplaceAll(chosen.ReplaceAllString(expr, ""), ",}", "}")
}

// scales are what those of the panel's queries that draw the expression multiply it by; none where no query draws it.
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

// multiplied is how an expression's text goes on where a display has another scale: rate(x) * 60, max(rate(x)) * 60, or
// (rate(x) and the choice of processes) * 60.
var multiplied = regexp.MustCompile(`(?:^\)*|\)) \* ([1-9]\d*)(?:$|[^\d.])`)

// after is what follows an expression in a query. A longer name that ends in it, its past and its course over a range are
// other expressions.
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

// steps are where the panel's colours change, those of a table's columns too.
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
