package frame

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/draw/theme"
	"gaugewright/internal/grafana"
)

// testCase is a panel over frames, and what @grafana/data 13.2.3 makes of it in the dark theme, in UTC: testdata/grafana.mjs
// writes that.
type testCase struct {
	Name   string
	Type   string
	Frames []struct {
		RefID  string
		Fields []struct {
			Name, Type, Legend string
			Labels             map[string]string
			Values             []any
		}
	}
	Transformations, FieldConfig json.RawMessage
	Want                         [][]struct {
		Display, Kind string
		Shown         []string // text|color
		Color         string   // of the series
	}
}

// TestGrafana compares names, texts and colors with those of Grafana's own library: through transformations, defaults
// and overrides.
func TestGrafana(t *testing.T) {
	var cases []testCase
	read(t, "testdata/frames.json", &cases)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			w := &work{put: func(s string) string { return s }, look: Look{Theme: theme.Dark}}
			p := c.panel(t)
			frames := w.transform(c.frames(), p.Transformations)
			frames = w.configure(frames, Config{Field: defaultsOf(p)}, w.rules(p.Overrides))
			for _, gap := range w.gaps {
				t.Errorf("gap: %s", gap.Text)
			}
			if len(frames) != len(c.Want) {
				t.Fatalf("%d frames, want %d: %+v", len(frames), len(c.Want), frames)
			}
			for i, f := range frames {
				c.compare(t, i, f)
			}
		})
	}
}

func (c testCase) compare(t *testing.T, i int, f Frame) {
	t.Helper()
	if len(f.Fields) != len(c.Want[i]) {
		t.Fatalf("frame %d: %d fields, want %d", i, len(f.Fields), len(c.Want[i]))
	}
	for j, field := range f.Fields {
		want := c.Want[i][j]
		if field.Display != want.Display || kindNames[field.Kind] != want.Kind {
			t.Errorf("frame %d, field %d: %q, %s, want %q, %s", i, j, field.Display, kindNames[field.Kind], want.Display, want.Kind)
		}
		var shown []string
		for row := range field.Len() {
			s := field.ShowAt(row)
			shown = append(shown, s.Text.String()+"|"+s.Color)
		}
		if !slices.Equal(shown, want.Shown) {
			t.Errorf("frame %d, %s:\n%q, want\n%q", i, field.Display, shown, want.Shown)
		}
		if color := field.Color(); want.Color != "" && color != want.Color {
			t.Errorf("frame %d, %s: %s, want %s", i, field.Display, color, want.Color)
		}
	}
}

// panel reads the case's panel as one of a board.
func (c testCase) panel(t *testing.T) grafana.Panel {
	t.Helper()
	board, err := json.Marshal(map[string]any{"schemaVersion": 42, "panels": []any{map[string]any{
		"id": 1, "type": c.Type, "transformations": c.Transformations, "fieldConfig": c.FieldConfig,
	}}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := grafana.Read(board)
	if err != nil {
		t.Fatal(err)
	}
	return b.Panels[0]
}

func (c testCase) frames() (all []Frame) {
	for _, f := range c.Frames {
		frame := Frame{RefID: f.RefID}
		for _, field := range f.Fields {
			kind := map[string]Kind{"number": Number, "string": Text, "time": Time}[field.Type]
			cells := make([]any, len(field.Values))
			for i, v := range field.Values {
				cells[i] = cellOf(v, kind)
			}
			one := column(field.Name, kind, cells)
			one.Labels, one.legend = field.Labels, field.Legend
			frame.Fields = append(frame.Fields, one)
		}
		all = append(all, frame)
	}
	return all
}

// cellOf reads a value of JSON, which has no NaN.
func cellOf(v any, kind Kind) any {
	switch x := v.(type) {
	case float64:
		if kind == Time {
			return time.UnixMilli(int64(x)).UTC()
		}
	case string:
		if kind == Number {
			n, _ := strconv.ParseFloat(x, 64)
			return n
		}
	}
	return v
}

func read(t testing.TB, name string, to any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, to); err != nil {
		t.Fatal(err)
	}
}

// TestCalcs compares all calculations with those of Grafana's own library.
func TestCalcs(t *testing.T) {
	var file struct {
		Names map[string]string
		Calcs []struct {
			Values []any
			Want   map[string]any
		}
	}
	read(t, "testdata/calcs.json", &file)
	for id, want := range file.Names {
		if got := CalcName(id); got != want && id != "allValues" && id != "uniqueValues" {
			t.Errorf("%s is called %q, want %q", id, got, want)
		}
	}
	for _, c := range file.Calcs {
		cells := make([]any, len(c.Values))
		for i, v := range c.Values {
			cells[i] = cellOf(v, Number)
		}
		field := column("x", Number, cells)
		for id, want := range c.Want {
			v, ok := field.Calc(id)
			if got, want := calcText(v, ok), calcText(numberIn(want)); got != want {
				t.Errorf("%s of %v: %s, want %s", id, c.Values, got, want)
			}
		}
	}
}

func numberIn(v any) (float64, bool) {
	n, ok := cellOf(v, Number).(float64)
	return n, ok
}

func calcText(v float64, ok bool) string {
	if !ok {
		return "nothing"
	}
	if math.IsNaN(v) {
		return "NaN"
	}
	return fmt.Sprintf("%.12g", v)
}

// TestThresholds: a value may be a text with a variable. The others are in order after that.
func TestThresholds(t *testing.T) {
	c := testCase{Type: "stat", Transformations: []byte("[]"), FieldConfig: []byte(`{"defaults": {"thresholds": {"steps": [
 {"value": null, "color": "green"}, {"value": 1, "valueExpr": " $limit", "color": "red"}, {"value": 500, "color": "orange"}]}}}`)}
	w := &work{put: strings.NewReplacer("$limit", "1200").Replace}
	var got []string
	for _, step := range w.thresholds(defaultsOf(c.panel(t)).Thresholds)[1:] {
		got = append(got, fmt.Sprint(*step.Value, step.Color))
	}
	if want := []string{"500orange", "1200red"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestTooMany: a join of rows that are all alike stops before it fills the memory.
func TestTooMany(t *testing.T) {
	same := make([]any, 500)
	for i := range same {
		same[i] = "a"
	}
	frame := Frame{RefID: "A", Fields: slices.Repeat([]Field{column("key", Text, same)}, 50)}
	options, _ := grafana.ParseJSON(`{"byField": "key", "mode": "inner"}`)
	w := &work{put: func(s string) string { return s }}
	got := w.transform([]Frame{frame, frame}, []grafana.Transformation{{ID: "joinByField", Options: options}})
	if len(got) != 2 || len(w.gaps) != 1 {
		t.Errorf("%d frames, gaps %+v", len(got), w.gaps)
	}
}

// TestTransformations: each transformation is one that the reader of boards knows, or has a sentence that says why not.
func TestTransformations(t *testing.T) {
	w := &work{put: func(s string) string { return s }}
	w.transform(nil, []grafana.Transformation{{ID: "histogram"}, {ID: "histogram"}, {ID: "limit"}})
	if len(w.gaps) != 1 || w.gaps[0].Code != "transformation-histogram" {
		t.Errorf("%+v", w.gaps)
	}
}
