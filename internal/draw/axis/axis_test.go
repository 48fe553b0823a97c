package axis

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

func at(v float64) *float64 { return &v }

// TestRange holds the ends of axes against those that uPlot's rangeNum and rangeLog give with Grafana's settings.
func TestRange(t *testing.T) {
	for _, test := range []struct {
		name      string
		scale     Scale
		low, high float64
		want      string
	}{
		{"zero counts where values are near it", Scale{}, 3, 41, "0..45"},
		{"a tenth above and below", Scale{}, 100, 110, "99..111"},
		{"below zero", Scale{}, -110, -100, "-111..-99"},
		{"around zero", Scale{}, -10, 10, "-12..12"},
		{"one value stands in the middle", Scale{}, 5, 5, "0..10"},
		{"one value below zero", Scale{}, -5, -5, "-10..0"},
		{"only zero", Scale{}, 0, 0, "0..100"},
		{"computing adds nothing", Scale{}, 89.69999999999999, 89.7, "0..180"},
		{"no value", Scale{}, math.Inf(1), math.Inf(-1), "0..100"},
		{"limits count in any case", Scale{Min: at(0), Max: at(1)}, 3, 41, "0..1"},
		{"a limit below", Scale{Min: at(-5)}, 3, 41, "-5..46"},
		{"soft limits count while the values are within", Scale{SoftMin: at(0), SoftMax: at(100)}, 3, 41, "0..100"},
		{"and not beyond", Scale{SoftMin: at(0), SoftMax: at(100)}, -3, 410, "-50..460"},
		{"soft limits within the values do nothing", Scale{SoftMin: at(20), SoftMax: at(30)}, 3, 41, "-1..45"},
		{"zero in the middle", Scale{CenteredZero: true}, -3, 41, "-50..50"},
		{"percent", Scale{Percent: true}, 0.2, 0.7, "0..1"},
		{"percent on both sides", Scale{Percent: true}, -0.2, 0.7, "-1..1"},
		{"percent below zero", Scale{Percent: true}, -0.2, -0.1, "-1..0"},
		{"whole numbers", Scale{Whole: true}, 0.2, 0.7, "0..1"},
		{"powers of ten", Scale{Kind: Log, Base: 10}, 0.03, 41, "0.01..100"},
		{"powers of two", Scale{Kind: Log, Base: 2}, 3, 41, "2..64"},
		{"one value on a logarithmic axis", Scale{Kind: Log, Base: 10}, 1000, 1000, "100..10000"},
		{"no value on a logarithmic axis", Scale{Kind: Log, Base: 10}, math.Inf(1), math.Inf(-1), "1..100"},
		{"both sides of zero", Scale{Kind: Symlog, Base: 10}, -30, 2000, "-100..10000"},
		{"limits the wrong way round", Scale{Min: at(5), Max: at(1)}, 3, 41, "0..100"},
	} {
		low, high := test.scale.Range(test.low, test.high)
		if got := fmt.Sprintf("%v..%v", low, high); got != test.want {
			t.Errorf("%s: %v to %v gives %s, want %s", test.name, test.low, test.high, got, test.want)
		}
	}
}

func TestTicks(t *testing.T) {
	const mib = 1 << 20
	for _, test := range []struct {
		name              string
		scale             Scale
		low, high, length float64
		binary            bool
		want              string
	}{
		{"ones, twos and fives", Scale{}, 0, 45, 200, false, "0 10 20 30 40"},
		{"a low plot has ticks closer together", Scale{}, 0, 45, 100, false, "0 10 20 30 40"},
		{"parts", Scale{}, 0, 1, 200, false, "0 0.2 0.4 0.6 0.8 1"},
		{"quarters", Scale{}, 0, 1, 130, false, "0 0.2 0.4 0.6 0.8 1"},
		{"powers of two for bytes", Scale{}, 6 * mib, 76 * mib, 183, true, "1.6777216e+07 3.3554432e+07 5.0331648e+07 6.7108864e+07"},
		{"whole numbers have the labels", Scale{Whole: true}, 0, 2, 200, false, "0 (0.5) 1 (1.5) 2"},
		{"logarithmic", Scale{Kind: Log, Base: 10}, 1, 1000, 200, false,
			"1 (2) (3) (4) (5) (6) (7) (8) (9) 10 (20) (30) (40) (50) (60) (70) (80) (90) 100 (200) (300) (400) (500) (600) (700) (800) (900) 1000"},
		{"powers of two", Scale{Kind: Log, Base: 2}, 2, 64, 200, false, "2 4 8 16 32 64"},
		{"nothing has a length of 0", Scale{}, 0, 1, 0, false, ""},
	} {
		ticks, _ := test.scale.Ticks(test.low, test.high, test.length, test.binary)
		var got []string
		for _, tick := range ticks {
			text := fmt.Sprint(tick.Value)
			if !tick.Labeled {
				text = "(" + text + ")"
			}
			got = append(got, text)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, strings.Join(got, " "), test.want)
		}
	}
}

// TestTicksFit: whatever the range, the ticks are within it, rise, and are not closer than their labels allow.
func TestTicksFit(t *testing.T) {
	for exponent := -30; exponent <= 30; exponent++ {
		for _, high := range []float64{1, 1.7, 3, 9.99} {
			high := high * math.Pow(10, float64(exponent))
			for _, binary := range []bool{false, true} {
				ticks, _ := Scale{}.Ticks(0, high, 300, binary && high > 100)
				if len(ticks) < 2 || len(ticks) > 11 {
					t.Fatalf("%d ticks up to %v", len(ticks), high)
				}
				for i, tick := range ticks {
					if tick.Value < 0 || tick.Value > high*(1+1e-9) || i > 0 && (tick.Value-ticks[i-1].Value)/high*300 < NormalSpace-1e-6 {
						t.Errorf("ticks up to %v: %v", high, ticks)
					}
				}
			}
		}
	}
}

func TestTimes(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	noon := time.Date(2026, 3, 28, 12, 3, 20, 0, time.UTC)
	for _, test := range []struct {
		name     string
		shown    time.Duration
		location *time.Location
		want     string
		space    float64
	}{
		{"five minutes", 5 * time.Minute, time.UTC, "12:03:30 12:04:00 12:04:30 12:05:00 12:05:30 12:06:00 12:06:30 12:07:00 12:07:30 12:08:00", 0},
		{"an hour", time.Hour, time.UTC, "12:05 12:10 12:15 12:20 12:25 12:30 12:35 12:40 12:45 12:50 12:55 13:00", 0},
		{"six hours", 6 * time.Hour, time.UTC, "12:30 13:00 13:30 14:00 14:30 15:00 15:30 16:00 16:30 17:00 17:30 18:00", 0},
		{"a day", 24 * time.Hour, time.UTC, "14:00 16:00 18:00 20:00 22:00 00:00 02:00 04:00 06:00 08:00 10:00 12:00", 0},
		{"the night in which the clock goes forward", 24 * time.Hour, berlin, "14:00 16:00 18:00 20:00 22:00 00:00 03:00 04:00 06:00 08:00 10:00 12:00 14:00", 0},
		{"two days", 48 * time.Hour, time.UTC, "03/28 18:00 03/29 00:00 03/29 06:00 03/29 12:00 03/29 18:00 03/30 00:00 03/30 06:00 03/30 12:00", 90},
		{"a week", 7 * 24 * time.Hour, time.UTC, "03/29 00:00 03/30 00:00 03/31 00:00 04/01 00:00 04/02 00:00 04/03 00:00 04/04 00:00", 90},
		{"a month", 30 * 24 * time.Hour, time.UTC, "03/29 04/01 04/04 04/07 04/10 04/13 04/16 04/19 04/22 04/25", 90},
		{"a year", 365 * 24 * time.Hour, time.UTC, "2026-04 2026-05 2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12 2027-01 2027-02 2027-03", 0},
		{"ten years", 3650 * 24 * time.Hour, time.UTC, "2027 2028 2029 2030 2031 2032 2033 2034 2035 2036", 0},
	} {
		ticks, step := Times(noon, noon.Add(test.shown), 900, max(60, test.space), test.location)
		var got []string
		for _, tick := range ticks {
			got = append(got, tick.Format(Layout(step, test.shown)))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, strings.Join(got, " "), test.want)
		}
	}
}
