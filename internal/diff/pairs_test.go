package diff

import (
	"strings"
	"testing"
)

// TestValues: what a change does to the numbers is told in each format and in the verdict, foreign words as text.
func TestValues(t *testing.T) {
	board := func(expr string) []File {
		return []File{{Path: "b.json", Data: []byte(`{"uid": "b", "title": "B", "panels": [
			{"id": 1, "title": "P", "type": "stat", "targets": [{"refId": "A", "expr": "` + expr + `"}, {"refId": "B", "expr": "b` + expr + `"}]},
			{"id": 2, "title": "Q", "type": "stat", "targets": [{"refId": "A", "expr": "c` + expr + `"}]}]}`)}}
	}
	r := Compare(board("up"), board("down"))
	changes := r.Evaluable()
	if len(changes) != 3 || changes[1].Pairs[0].Old.Target.Expr != "bup" || changes[1].Pairs[0].New.Target.Expr != "bdown" {
		t.Fatalf("%+v", changes)
	}
	hostile := "@all <b>`\n::error::x"
	for _, i := range []int{0, 1} { // of one panel
		changes[i].Values = &Values{Text: say("{} ×2", hostile)}
	}
	changes[2].Values = &Values{Text: say("same values"), IsSame: true}
	r.Unevaluated = 2
	if verdict, want := r.Verdict(), "; 1 panel shows other values; 2 changed queries could not be evaluated"; !strings.HasSuffix(verdict, want) {
		t.Errorf("%s, want %s", verdict, want)
	}
	for name, test := range map[string]struct {
		write func(*strings.Builder) error
		want  string
	}{
		"text":     {func(b *strings.Builder) error { return r.Text(b, false) }, "measured: @all <b>` ::error::x ×2\n"},
		"markdown": {func(b *strings.Builder) error { return r.Markdown(b) }, "; measured: ``@all <b>` ::error::x`` ×2\n"},
		"github":   {func(b *strings.Builder) error { return r.GitHub(b) }, "; measured: @all <b>` ::error::x ×2\n"},
	} {
		var b strings.Builder
		if err := test.write(&b); err != nil || strings.Count(b.String(), test.want) != 2 || !strings.Contains(b.String(), "measured: same values\n") {
			t.Errorf("%s: %v\n%s", name, err, &b)
		}
	}
}
