package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"

	"gaugewright/internal/engine"
)

// hostileTemplates would never end, or write more than the memory has.
var hostileTemplates = map[string]string{
	"an endless loop":      `{{range 1000000000000}}{{end}}`,
	"a regex of counts":    `{{reReplaceAll "(a{900})(b{900})" "" "a"}}`,
	"loops in loops":       `{{range 10000}}{{range 10000}}{{range 10000}}x{{end}}{{end}}{{end}}`,
	"a loop that writes":   `{{range 1000000000}}{{$labels.long}}{{end}}`,
	"it calls itself":      `{{define "x"}}{{template "x"}}{{template "x"}}{{end}}{{template "x"}}`,
	"doubled by printf":    `{{$x := "0123456789"}}` + strings.Repeat(`{{$x = printf "%s%s" $x $x}}`, 40) + `{{$x}}`,
	"doubled by print":     `{{$x := "0123456789"}}` + strings.Repeat(`{{$x = print $x $x}}`, 40) + `{{$x}}`,
	"doubled by js":        `{{$x := "\\"}}` + strings.Repeat(`{{$x = js $x}}`, 40) + `{{$x}}`,
	"doubled by a regex":   `{{$x := "0123456789"}}` + strings.Repeat(`{{$x = reReplaceAll "(.+)" "$1$1" $x}}`, 40) + `{{$x}}`,
	"wide":                 `{{printf "` + strings.Repeat("%1000000d", 1000) + `"}}`,
	"wide by a number":     `{{printf "%*d" 1000000 1}}`,
	"long":                 strings.Repeat("{{$value}}", 100_000),
	"a long text, printed": `{{$x := printf "%99d" 1}}` + strings.Repeat(`{{$x = print $x $x}}`, 9) + strings.Repeat("{{$x}}", 8000),
}

// TestHostileTemplates: a template over the limits gives a text with the reason, soon and in little memory.
func TestHostileTemplates(t *testing.T) {
	for name, text := range hostileTemplates {
		began := time.Now()
		got := expanded(t, text)
		t.Logf("%s: %s: %.200s", name, time.Since(began), got)
		if !strings.HasPrefix(got, "<error expanding template: ") || !strings.Contains(got, "limit") {
			t.Errorf("%s: got %.300s", name, got)
		}
	}
}

// TestCounted: what a template writes is the same with the turns in its loops.
func TestCounted(t *testing.T) {
	for text, want := range map[string]string{
		`{{range $i, $x := query "up"}} {{- $i}} {{end}}`: "0 1 ",
		`{{- define "x" -}} <{{.}}> {{- end}}{{template "x" $value}}{{range 3}}{{if eq . 1}}{{continue}}{{else if eq . 2}}b{{else}}a{{end}}{{end}}`: "<7>ab",
		`{{range query "none"}}x{{else}}none{{end}}`:                                "none",
		`{{printf "%.2f" $value}} {{reReplaceAll "a(.)" "$1" "ab"}} {{"<" | html}}`: "7.00 b &lt;",
		`{{with $labels.long}}{{len .}}{{end}}`:                                     "1000",
	} {
		if got := expanded(t, text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func expanded(t *testing.T, text string) string {
	t.Helper()
	at := time.UnixMilli(1_700_000_000_000)
	e, err := engine.New([]engine.Series{
		{Labels: map[string]string{"__name__": "up", "i": "1"}, Samples: []engine.Sample{{T: at, V: 1}}},
		{Labels: map[string]string{"__name__": "up", "i": "2"}, Samples: []engine.Sample{{T: at, V: 1}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	sample := promql.Sample{F: 7, Metric: labels.FromStrings("long", strings.Repeat("x", 1000))}
	return templates{ctx: t.Context(), engine: e, alert: "A", sample: sample, at: at}.expand(text)
}
