package preview

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/rules"
	"gaugewright/internal/source"
)

// lines writes alerts, one on a line.
func lines(all []Alert) string {
	var text []string
	for _, a := range all {
		if a.Why != "" {
			text = append(text, fmt.Sprintf("%s not evaluated: %s", a.Name, a.Why))
			continue
		}
		older := ""
		if a.IsOlder {
			older = " or earlier"
		}
		text = append(text, fmt.Sprintf("%s %s since %s%s: %g %s", a.State, a.Name, a.Since.UTC().Format("15:04:05"), older, a.Value, a.Series))
	}
	return strings.Join(text, "\n")
}

// TestAlerts: what would be pending or firing at noon, and since when, to some seconds; what ended is not there; a rule that cannot be
// evaluated does not keep the others from it.
func TestAlerts(t *testing.T) {
	var all []engine.Series
	for name, isUp := range map[string]func(ago time.Duration) bool{
		"always": func(ago time.Duration) bool { return false },
		"lately": func(ago time.Duration) bool { return ago > 4*time.Minute },
		"long":   func(ago time.Duration) bool { return ago > 20*time.Minute },
		"again": func(ago time.Duration) bool {
			return ago > 20*time.Minute || ago > 2*time.Minute && ago < 12*time.Minute
		},
		"ended":   func(ago time.Duration) bool { return ago > 30*time.Minute || ago < 8*time.Minute },
		"healthy": func(ago time.Duration) bool { return true },
	} {
		s := engine.Series{Labels: map[string]string{"__name__": "up", "instance": name}}
		for ago := 3 * time.Hour; ago >= 0; ago -= 10 * time.Second {
			v := 0.0
			if isUp(ago) {
				v = 1
			}
			s.Samples = append(s.Samples, engine.Sample{T: noon.Add(-ago), V: v})
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b engine.Series) int { return strings.Compare(a.Labels["instance"], b.Labels["instance"]) })
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ rule, want string }{
		{"alert: Down, expr: up == 0, for: 10m, labels: {severity: page}", `firing Down since 10:50:01 or earlier: 0 {instance="always",severity="page"}
firing Down since 11:40:10: 0 {instance="long",severity="page"}
pending Down since 11:58:01: 0 {instance="again",severity="page"}
pending Down since 11:56:02: 0 {instance="lately",severity="page"}`},
		{"alert: Kept, expr: 'up{instance=~\"ended|again\"} == 0', for: 5m, keep_firing_for: 30m", `firing Kept since 11:40:04: 0 {instance="again"}
firing Kept since 11:30:06: 0 {instance="ended"}`},
		{"alert: At once, expr: 'up{instance=\"lately\"} == 0'", `firing At once since 11:56:00: 0 {instance="lately"}`},
		{"alert: None, expr: up > 1", ""},
		{"alert: Broken, expr: up * on () up", "Broken not evaluated: "},
	} {
		file, err := rules.Parse([]byte("groups: [{name: g, rules: [{" + test.rule + "}]}]"))
		if err != nil {
			t.Fatal(err)
		}
		found, err := Alerts(t.Context(), []rules.File{file}, source.Memory{Engine: e}, noon.Add(time.Microsecond))
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(found); got != test.want && !(strings.HasSuffix(test.want, ": ") && strings.HasPrefix(got, test.want)) {
			t.Errorf("%s\n got %s\nwant %s", test.rule, got, test.want)
		}
	}
}

// TestAlertsAsRecorded: over the recorded run, the alerts are those that the rules' own evaluation recorded, whenever one
// looks.
func TestAlertsAsRecorded(t *testing.T) {
	files, run := repository(t)
	total := 0
	for at := run.End; at.After(run.Start); at = at.Add(-4 * time.Minute) {
		result, err := run.Engine.Instant(t.Context(), "ALERTS", at)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, s := range result.Series {
			want = append(want, s.Labels["alertname"]+" "+s.Labels["alertstate"])
		}
		all, err := Alerts(t.Context(), files.Rules, source.Memory{Engine: run.Engine}, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range all {
			got = append(got, a.Name+" "+string(a.State))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, recorded is %q", at.Format(time.TimeOnly), got, want)
		}
		total += len(want)
	}
	if total == 0 {
		t.Error("the run has no alert: the test says nothing")
	}
}
