package verify

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// mutant is a board with one thing broken in one panel or annotation.
type mutant struct {
	what  string // metric, grouping, matcher, ...
	name  string
	panel int // position in the board; annotations come after the panels
	board grafana.Board
}

// What verify may report as a note, not as a finding.
const (
	// exclusion is a matcher that excludes a value that does not exist. No data is lost.
	exclusion = "exclusion"
	// value is a matcher for a value that no series has. The event may not have happened yet.
	value = "value"
	// side is a break in a query with or, or unless, which may not need the broken side.
	side = "side"
	// partly is one of several labels of a grouping, or one to be dropped. The answer may be right without it.
	partly = "part of a grouping"
)

// given are the labels whose values the scrape or the service's code determines.
var given = []string{"job", "instance", "le", "quantile"}

// mutants returns all boards that one change to one panel makes.
func mutants(t *testing.T, board grafana.Board) []mutant {
	t.Helper()
	var all []mutant
	for at, p := range board.Panels {
		add := func(what, name string, change func(*grafana.Panel)) {
			b := board
			b.Panels = slices.Clone(board.Panels)
			changed := &b.Panels[at]
			changed.Targets = slices.Clone(changed.Targets)
			changed.Overrides = slices.Clone(changed.Overrides)
			change(changed)
			all = append(all, mutant{what, fmt.Sprintf("%s, %s: %s", board.UID, p.Title, name), at, b})
		}
		for i, target := range p.Targets {
			for _, m := range queryMutants(t, target.Expr) {
				add(m.what, target.RefID+": "+m.text, func(p *grafana.Panel) { p.Targets[i].Expr = m.text })
			}
			for _, label := range view.LegendLabels(target.Legend) {
				legend := strings.ReplaceAll(target.Legend, "{{"+label+"}}", "{{"+label+"_renamed}}")
				add("legend", target.RefID+": "+legend, func(p *grafana.Panel) { p.Targets[i].Legend = legend })
			}
		}
		for i, o := range p.Overrides {
			add("override", o.String(), func(p *grafana.Panel) { p.Overrides[i].Options = grafana.NewText(o.Options.Text() + "_renamed") })
		}
	}
	for i, a := range board.Annotations {
		if !a.Active() {
			continue
		}
		for _, m := range queryMutants(t, a.Expr) {
			b := board
			b.Annotations = slices.Clone(b.Annotations)
			b.Annotations[i].Expr = m.text
			all = append(all, mutant{m.what, fmt.Sprintf("%s, %s: %s", board.UID, a.Name, m.text), len(board.Panels) + i, b})
		}
	}
	return all
}

type queryMutant struct{ what, text string }

// queryMutants returns all queries that one change to a query makes.
func queryMutants(t *testing.T, expr string) []queryMutant {
	t.Helper()
	q, err := query.Parse(expr)
	if err != nil {
		t.Fatal(err)
	}
	replaced := func(s query.Span, text string) string { return q.Text[:s.Start] + text + q.Text[s.End:] }
	var all []queryMutant
	hasSides := slices.ContainsFunc(q.Operations(), func(o query.Operation) bool { return o.Op == "or" || o.Op == "unless" })
	kindOf := func(what string) string {
		if hasSides {
			return side
		}
		return what
	}
	for _, s := range q.Selectors() {
		name := query.Span{Start: s.Span.Start, End: s.Span.Start + len(s.Metric)}
		renamed := replaced(name, s.Metric+"_renamed")
		all = append(all, queryMutant{kindOf("metric"), renamed},
			queryMutant{kindOf("or vector(0)"), "(" + renamed + ") or vector(0)"})
		for _, m := range s.Matchers {
			text := fmt.Sprintf("%s%s%q", m.Label, m.Op, "not there")
			what := kindOf("matcher")
			switch {
			case opposite[m.Op] != "":
				what = exclusion
			case !slices.Contains(given, m.Label):
				what = value
			}
			all = append(all, queryMutant{what, replaced(m.Span, text)})
		}
	}
	for _, a := range q.Aggregations() {
		what := "grouping"
		if a.Without || len(a.Labels) > 1 {
			what = partly
		}
		for _, l := range a.Labels {
			all = append(all, queryMutant{what, replaced(l.Span, l.Name+"_renamed")})
		}
	}
	for _, o := range q.Operations() {
		for i, l := range slices.Concat(o.Matching, o.Include) {
			what := "grouping"
			if o.On && len(o.Matching) > 1 && i < len(o.Matching) {
				what = partly
			}
			all = append(all, queryMutant{what, replaced(l.Span, l.Name+"_renamed")})
		}
	}
	return all
}

// tally counts how many mutants of each kind were found.
type tally struct {
	mu          sync.Mutex
	made, found map[string]int
	missed      []string
}

// TestMutants breaks every query of every board in each of these ways. Each time a finding names the broken panel, or
// a note where the result may be right. Each panel is judged alone, so no other panel can be named. At the end, all
// panels are judged again and are as healthy as before.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("a long computation: minutes under the race detector")
	}
	s := newStand(t)
	j := s.judge()
	sum := &tally{made: map[string]int{}, found: map[string]int{}}
	for _, file := range s.files.Boards {
		o, _, err := j.open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		before := judgedOn(t, j, o, file.Board)
		for i, b := range before {
			if b.findings != "[]" {
				t.Fatalf("%s, number %d is not healthy to begin with: %s", file.Path, i, b.findings)
			}
		}
		var wait sync.WaitGroup
		slots := make(chan struct{}, runtime.GOMAXPROCS(0))
		for _, m := range mutants(t, file.Board) {
			slots <- struct{}{}
			wait.Go(func() {
				defer func() { <-slots }()
				sum.count(m, before[m.panel], judgedAt(t, j, o, m.board, m.panel))
			})
		}
		wait.Wait()
		if after := judgedOn(t, j, o, file.Board); !slices.Equal(before, after) {
			t.Errorf("%s: after its mutants the board itself is judged\n%v\nbefore them\n%v", file.Path, after, before)
		}
	}
	total, found := 0, 0
	for what, n := range sum.made {
		t.Logf("%-13s %4d broken, %4d found", what, n, sum.found[what])
		total, found = total+n, found+sum.found[what]
	}
	t.Logf("found %d of %d", found, total)
	if total < 800 {
		t.Errorf("only %d mutants: the boards were not read", total)
	}
	for _, name := range sum.missed {
		t.Error("not found: " + name)
	}
}

// said holds the findings and notes about a panel.
type said struct{ findings, notes string }

// judgedOn returns what verify reports of each panel and annotation of a board.
func judgedOn(t *testing.T, j *judge, o resolved, b grafana.Board) []said {
	t.Helper()
	var all []said
	for at := range len(b.Panels) + len(b.Annotations) {
		all = append(all, judgedAt(t, j, o, b, at))
	}
	return all
}

// judgedAt returns what verify reports of the panel or annotation at a position.
func judgedAt(t *testing.T, j *judge, o resolved, b grafana.Board, at int) said {
	t.Helper()
	var v verdict
	var err error
	if panels := len(b.Panels); at < panels {
		v, err = j.panel(t.Context(), o, b.Panels[at])
	} else {
		v, err = j.annotation(t.Context(), o, b.Annotations[at-panels])
	}
	if err != nil {
		t.Error(err)
	}
	return said{fmt.Sprint(v.findings), fmt.Sprint(v.notes)}
}

func (s *tally) count(m mutant, before, after said) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made[m.what]++
	isFound, isNoted := after.findings != before.findings, after.notes != before.notes
	switch m.what {
	case exclusion, value:
		isFound = !isFound && isNoted
	case side, partly:
		isFound = isFound || isNoted
	}
	if isFound {
		s.found[m.what]++
	} else {
		s.missed = append(s.missed, m.what+": "+m.name)
	}
}
