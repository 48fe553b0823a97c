package number_test

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gaugewright/internal/draw/number"
)

// now is the time at which Grafana's library printed the tables.
var now = number.Clock{Now: time.UnixMilli(1700000000000)}

// TestGrafana compares with tables that @grafana/data 13.2.3 itself printed in UTC (testdata/grafana.mjs): all units of its picker and some own
// ones (units.tsv, and decimals.tsv with 0 and 2 decimals), and what a panel shows (shown.tsv).
func TestGrafana(t *testing.T) {
	for _, name := range []string{"units.tsv", "decimals.tsv", "shown.tsv"} {
		t.Run(name, func(t *testing.T) {
			rows := table(t, name)
			for _, row := range rows[1:] {
				for i, want := range row[1:] {
					value, places, _ := strings.Cut(rows[0][i+1], " ")
					v, err := strconv.ParseFloat(value, 64)
					if err != nil {
						t.Fatal(err)
					}
					var decimals *int
					if n, err := strconv.Atoi(places); err == nil {
						decimals = &n
					}
					if got := now.Format(v, row[0], decimals).String(); got != want {
						t.Errorf("%s as %q: %q, want %q", rows[0][i+1], row[0], got, want)
					}
				}
			}
		})
	}
}

func table(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return rows
}

// TestParts: Grafana draws the parts of a text in different sizes.
func TestParts(t *testing.T) {
	two := 2
	for _, c := range []struct {
		v        float64
		unit     string
		decimals *int
		want     number.Text
	}{
		{1536, "bytes", nil, number.Text{Text: "1.50", Suffix: " KiB"}},
		{0.5, "percentunit", nil, number.Text{Text: "50", Suffix: "%"}},
		{-1500, "currencyUSD", &two, number.Text{Prefix: "-$", Text: "1.50", Suffix: "K"}},
		{-7200, "dtdurations", nil, number.Text{Text: "2 hours", Suffix: " ago"}},
		{math.Inf(1), "bytes", nil, number.Text{Text: "∞"}},
		{math.NaN(), "short", nil, number.Text{Text: "NaN"}},
		{math.Inf(-1), "none", nil, number.Text{Text: "-∞"}},
		// Values that are less than a power by no more than the precision of its logarithm.
		{999999999.9999995, "kwatt", nil, number.Text{Text: "1.000", Suffix: " TW"}},
		{1023.9999999999998, "MiBs", nil, number.Text{Text: "1024", Suffix: " MiB/s"}},
		{0.0009999999999999996, "lengthmi", nil, number.Text{Text: "0.00100", Suffix: " mi"}},
	} {
		if got := number.Format(c.v, c.unit, c.decimals); got != c.want {
			t.Errorf("%v as %s: %+v, want %+v", c.v, c.unit, got, c.want)
		}
	}
}

// TestZone: a date is in the zone of the clock, and never in the machine's.
func TestZone(t *testing.T) {
	east := number.Clock{Zone: time.FixedZone("EAST", 2*3600)}
	if got := east.Format(1.7e12, "dateTimeAsIso", nil).Text; got != "2023-11-15 00:13:20" {
		t.Error(got)
	}
	if got := number.Format(1.7e12, "dateTimeAsSystem", nil).Text; got != "2023-11-14 22:13:20" {
		t.Error(got)
	}
}

func TestKnown(t *testing.T) {
	const units = 273 // of Grafana 13.2.3
	for _, row := range table(t, "units.tsv")[1 : units+1] {
		if !number.Known(row[0]) {
			t.Errorf("%s is not known", row[0])
		}
	}
	for unit, want := range map[string]bool{
		"": true, "reqps": true, "suffix:goroutines": true, "bytez": false, "goroutines": false, "odd:text": false,
	} {
		if number.Known(unit) != want {
			t.Errorf("%q: known is %v", unit, !want)
		}
	}
}

func TestDecimals(t *testing.T) {
	for increment, want := range map[float64]int{100: 0, 1: 0, 0.5: 1, 0.25: 2, 2.5: 1, 0.0002: 4, 1e-9: 0} {
		got := 0
		if n := number.Decimals(increment); n != nil {
			got = *n
		}
		if got != want {
			t.Errorf("%v: %d decimals, want %d", increment, got, want)
		}
	}
}

// FuzzFormat: any unit prints any number, in valid UTF-8 where the unit is valid or not.
func FuzzFormat(f *testing.F) {
	f.Add("bytes", 1536.0, 1)
	f.Add("time:YYYY [at] LT \\", 1.7e12, -1)
	f.Add("currency:financial:€:suffix", -1e300, 300)
	f.Add("si:µs\xff", 5e-324, 0)
	f.Fuzz(func(t *testing.T, unit string, v float64, decimals int) {
		for _, n := range []*int{nil, &decimals} {
			if text := now.Format(v, unit, n).String(); !utf8.ValidString(text) {
				t.Errorf("%v as %q: %q is not valid UTF-8", v, unit, text)
			}
		}
		number.Decimals(v)
	})
}
