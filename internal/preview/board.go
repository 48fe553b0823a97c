package preview

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"gaugewright/internal/draw"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

func (p *Preview) serveState(w http.ResponseWriter, _ *http.Request) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	s := state{Version: p.version, Judged: p.isJudged, Problems: []string{}, Boards: []listed{}}
	for _, of := range slices.Sorted(maps.Keys(p.problems)) {
		s.Problems = append(s.Problems, p.problems[of])
	}
	for _, b := range p.boards {
		s.Boards = append(s.Boards, listed{Key: b.key, Title: b.Title, File: b.Path, Dead: p.verdicts.dead(b)})
	}
	p.answer(w, s)
}

// serveBoard opens and draws a board.
func (p *Preview) serveBoard(w http.ResponseWriter, r *http.Request) {
	asked, err := parse(r.URL.Query())
	if err != nil {
		p.fail(w, http.StatusBadRequest, err.Error())
		return
	}
	b, ok := p.find(asked.board)
	if !ok {
		p.fail(w, http.StatusNotFound, "there is no such board")
		return
	}
	drawn, err := p.open(r.Context(), b, asked)
	switch {
	case errors.Is(err, errNoPanel):
		p.fail(w, http.StatusNotFound, err.Error())
	case err != nil:
		p.fail(w, http.StatusBadGateway, err.Error())
	default:
		p.answer(w, drawn)
	}
}

var errNoPanel = errors.New("the board has no such panel")

// open opens a board and draws it.
func (p *Preview) open(ctx context.Context, b board, r request) (*openBoard, error) {
	p.again()
	options := r.options(p.Options)
	if r.panel != "" {
		options.Only = func(one grafana.Panel) bool { return isCopy(r.panel, one) }
	}
	options.Slots = p.slots
	open, err := opened.Open(ctx, b.Board.Board, p.Source, options)
	if err != nil {
		return nil, err
	}
	free, err := p.busy(ctx)
	if err != nil {
		return nil, err
	}
	defer free()
	drawn := &openBoard{
		Key: b.key, Title: b.Title, Description: b.Description, File: b.Path, From: open.From.UnixMilli(), To: open.To.UnixMilli(),
		Variables: variables(open), Problems: []string{}, Gaps: append([]draw.Gap{}, draw.BoardGaps(open)...), Places: []place{},
	}
	for _, problem := range open.Problems {
		drawn.Problems = append(drawn.Problems, fmt.Sprintf("variable %s: %s", problem.Variable, problem.Text))
	}
	all, height := r.places(open)
	drawn.Height = height
	for _, at := range all {
		drawn.Places = append(drawn.Places, p.place(open, at, b, r))
	}
	if r.panel != "" && len(drawn.Places) == 0 {
		return nil, errNoPanel
	}
	return drawn, nil
}

// again has a server asked anew that did not answer the last time: the page goes on for hours.
func (p *Preview) again() {
	if server, ok := p.Source.(interface{ Again() }); ok {
		server.Again()
	}
}

// place draws what stands at a place.
func (p *Preview) place(open *opened.Board, at draw.Place, b board, r request) place {
	one := place{
		Left: at.X / r.width, Top: at.Y, Width: at.W / r.width, Height: at.H, Title: at.Title, Depth: at.Depth,
	}
	if at.Panel != nil {
		one.Title = at.Panel.PutTitle(at.Panel.Title)
		one.Panel = p.panel(open, *at.Panel, draw.Size{W: at.W, H: at.H}, b, r)
	}
	return one
}

// variables returns what a viewer can choose.
func variables(open *opened.Board) []variable {
	all := []variable{}
	for _, v := range open.Variables {
		value, isKnown := open.Values[v.Name]
		if v.Hide >= 2 || !isKnown || v.Section != nil || slices.Contains(notChosen, v.Type) {
			continue
		}
		one := variable{
			Name: v.Name, Label: v.Label, IsText: slices.Contains(anyText, v.Type), Multi: v.Multi, HasAll: v.IncludeAll,
			IsAll: value.All, Chosen: []string{}, Offered: []offer{},
		}
		if !value.All {
			one.Chosen = append(one.Chosen, value.Values...)
		}
		for _, o := range open.Offered[v.Name] {
			one.Offered = append(one.Offered, offer{Text: o.Text, Value: o.Value})
		}
		all = append(all, one)
	}
	return all
}

// The types of variables that a viewer does not choose here, and those that take any text.
var (
	notChosen = []string{"constant", "datasource", "snapshot", "system"}
	anyText   = []string{"textbox", "switch", "adhoc", "groupby"}
)
