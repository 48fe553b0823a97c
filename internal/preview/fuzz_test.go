package preview

import (
	"net/url"
	"testing"
	"time"
)

// FuzzParse: whatever an address asks for, it is refused or within its bounds.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "board=a&panel=1&range=5m", "from=1767268500000&to=1767268800000", "var-a=1&var-a=2&var-=x",
		"width=1e3&height=NaN", "zone=Europe/Berlin&theme=light", "range=-1h", "from=-1&to=9999999999999", "zone=../etc/passwd", "range=$__range"} {
		f.Add(seed)
	}
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		query, err := url.ParseQuery(text)
		if err != nil {
			return
		}
		r, err := parse(query)
		if err != nil {
			return
		}
		o := r.options(Options{Now: func() time.Time { return now }})
		if long := o.To.Sub(o.From); long < shortest || long > longest || o.To.Year() < 1970 || o.To.Year() > 2300 {
			t.Errorf("from %s to %s", o.From, o.To)
		}
		for _, pixels := range []float64{r.width, r.height} {
			if !(pixels >= least && pixels <= most) {
				t.Errorf("%g pixels", pixels)
			}
		}
		if len(r.chosen) > maxVariables || r.chosen[""] != nil {
			t.Errorf("chosen %q", r.chosen)
		}
	})
}
