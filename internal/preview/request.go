package preview

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gaugewright/internal/draw"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/opened"
)

// The bounds of what an address may ask for.
const (
	maxVariables = 50
	maxValues    = 500 // of one variable
	shortest     = 10 * time.Second
	longest      = 366 * 24 * time.Hour
	least        = 100 // pixels
	most         = 8000
)

// request is what a viewer has chosen.
type request struct {
	board  string
	panel  string // the only one that is shown; empty is all
	range_ time.Duration
	from   time.Time // zero: the range ends now
	chosen map[string][]string
	width  float64 // of the page and, where only one panel is shown, its height, in pixels
	height float64
	theme  *theme.Theme
	zone   *time.Location
}

// parse reads the address of a board.
func parse(query url.Values) (request, error) {
	r := request{board: query.Get("board"), panel: query.Get("panel"), chosen: map[string][]string{}, theme: theme.Dark, range_: 5 * time.Minute}
	if query.Get("theme") == "light" {
		r.theme = theme.Light
	}
	if zone, err := time.LoadLocation(query.Get("zone")); err == nil {
		r.zone = zone // else that of draw: the browser may know a zone that this machine does not
	}
	if err := r.times(query); err != nil {
		return r, err
	}
	for _, one := range []struct {
		name      string
		to        *float64
		otherwise float64
	}{{"width", &r.width, 1200}, {"height", &r.height, 800}} {
		if *one.to = one.otherwise; !query.Has(one.name) {
			continue
		}
		pixels, err := strconv.ParseFloat(query.Get(one.name), 64)
		if err != nil || !(pixels >= least && pixels <= most) {
			return r, fmt.Errorf("%s: write a number of pixels from %d to %d", one.name, least, most)
		}
		*one.to = pixels
	}
	for name, values := range query {
		name, isVariable := strings.CutPrefix(name, "var-")
		if isVariable && name != "" {
			r.chosen[name] = values
		}
		if len(values) > maxValues {
			return r, fmt.Errorf("%s: at most %d values", name, maxValues)
		}
	}
	if len(r.chosen) > maxVariables {
		return r, fmt.Errorf("at most %d variables", maxVariables)
	}
	return r, nil
}

// times reads the range: one that ends now, or from and to in milliseconds since 1970.
func (r *request) times(query url.Values) error {
	if text := query.Get("range"); text != "" {
		d, ok := view.Duration(text)
		if !ok {
			return fmt.Errorf("range: write a duration such as 5m")
		}
		r.range_ = d
	}
	if query.Has("from") || query.Has("to") {
		from, err := strconv.ParseInt(query.Get("from"), 10, 64)
		to, err2 := strconv.ParseInt(query.Get("to"), 10, 64)
		const latest = 1 << 43 // the year 2248: durations do not overflow
		if err != nil || err2 != nil || from <= 0 || to <= 0 || from > latest || to > latest {
			return fmt.Errorf("from and to: write milliseconds since 1970")
		}
		r.from, r.range_ = time.UnixMilli(from), time.Duration(to-from)*time.Millisecond
	}
	if r.range_ < shortest || r.range_ > longest {
		return fmt.Errorf("a range is from %s to %s long", shortest, longest)
	}
	return nil
}

// options returns how the board is opened.
func (r request) options(o Options) opened.Options {
	to := o.latest()
	if !r.from.IsZero() {
		to = r.from.Add(r.range_)
	}
	return opened.Options{Chosen: r.chosen, From: to.Add(-r.range_), To: to, Scrape: o.Scrape}
}

// draw returns how its panels are drawn.
func (r request) draw() draw.Options {
	return draw.Options{Theme: r.theme, Location: r.zone, Bare: true}
}

// latest returns the end of a range that ends now.
func (o Options) latest() time.Time { return o.Now().Truncate(max(o.Every, time.Millisecond)) }
