package draw

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

// anything is a source that answers each query: three waves, which differ by query, with common labels.
type anything struct {
	source.Source // nil: nothing else is asked
	text          string
}

func (anything) Parallel() int { return 2 }

func (a anything) values() []string { return []string{"a" + a.text, "b" + a.text, "c"} }

func (a anything) LabelValues(context.Context, string, string, time.Time, time.Time) ([]string, error) {
	return a.values(), nil
}

func (a anything) LabelNames(context.Context, time.Time, time.Time) ([]string, error) {
	return []string{"instance", "job"}, nil
}

func (a anything) Series(context.Context, string, time.Time, time.Time) (all []map[string]string, err error) {
	for i := range a.values() {
		all = append(all, a.labels(i))
	}
	return all, nil
}

func (a anything) labels(i int) map[string]string {
	set := map[string]string{"__name__": "m", "le": fmt.Sprint(i + 1)}
	for _, name := range []string{"instance", "job", "pod", "namespace", "device", "code"} {
		set[name] = a.values()[i]
	}
	return set
}

func (a anything) Instant(ctx context.Context, query string, at time.Time) (source.Answer, error) {
	return a.Range(ctx, query, at, at, time.Second)
}

func (a anything) Range(_ context.Context, query string, from, to time.Time, step time.Duration) (answer source.Answer, err error) {
	seed := fnv.New32()
	seed.Write([]byte(query))
	size := math.Pow(10, float64(seed.Sum32()%10)) // from seconds to bytes
	for i := range a.values() {
		s := source.Series{Labels: a.labels(i)}
		for at := from; !at.After(to); at = at.Add(max(step, time.Second)) {
			s.Samples = append(s.Samples, source.Sample{T: at, V: size * (float64(i) + 1.5 + math.Sin(float64(at.Unix())/600))})
		}
		answer.Series = append(answer.Series, s)
	}
	return answer, nil
}

// TestCommunity draws classic boards in the manner of public ones, as they are and with hostile titles and label values:
// each panel is drawn or says in words or by a code why not, no text covers another, and nothing runs.
func TestCommunity(t *testing.T) {
	files, err := filepath.Glob("../lint/testdata/community/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d boards: %v", len(files), err)
	}
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, text := filepath.Base(file), hostile[1+i%(len(hostile)-1)]
		plain := drawCommunity(t, name, data, "")
		keep(t, name, plain)
		for _, p := range plain.Panels {
			if !isExplained(plain, p) {
				t.Errorf("%s: %q is blank", name, p.Title)
			}
		}
		keep(t, name+"-hostile", drawCommunity(t, fmt.Sprintf("%s with %q", name, text), entitled(t, data, text), text))
	}
}

func drawCommunity(t *testing.T, name string, data []byte, text string) Picture {
	t.Helper()
	pic := Board(openCommunity(t, data, text), Options{})
	check(t, name, pic)
	return pic
}

func openCommunity(t *testing.T, data []byte, text string) *opened.Board {
	t.Helper()
	return open(t, data, anything{text: text}, time.Date(2025, 6, 15, 15, 0, 0, 0, time.UTC))
}

// isExplained reports whether a panel has a text within it, or a code.
func isExplained(pic Picture, p Drawn) bool {
	return slices.ContainsFunc(pic.Texts, func(box svg.Box) bool {
		in := box.Intersect(p.Content)
		return in.W > 0 && in.H > 0
	}) || slices.ContainsFunc(pic.Gaps, func(g Gap) bool { return g.Panel == p.Title })
}

// entitled puts a text after each title of a board, its panels, its links and its variables.
func entitled(t *testing.T, data []byte, text string) []byte {
	t.Helper()
	var board any
	if err := json.Unmarshal(data, &board); err != nil {
		t.Fatal(err)
	}
	entitle(board, text)
	out, err := json.Marshal(board)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func entitle(value any, text string) {
	switch value := value.(type) {
	case []any:
		for _, v := range value {
			entitle(v, text)
		}
	case map[string]any:
		for key, v := range value {
			if s, isText := v.(string); isText && (key == "title" || key == "description" || key == "label") {
				value[key] = s + text
			}
			entitle(v, text)
		}
	}
}
