package verify

import (
	"maps"
	"strings"
	"testing"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// TestCauses: of the variables without a value, which one is the cause. Each line is NAME: what its query needs; a line
// with = has a value.
func TestCauses(t *testing.T) {
	for name, test := range map[string]struct{ variables, want string }{
		"alone":                 {"job:", "job<job"},
		"chain":                 {"job:;instance:$job;pod:$instance", "job<job instance<job pod<job"},
		"chain turned around":   {"pod:${instance};instance:[[job]];job:", "job<job instance<job pod<job"},
		"two causes, the first": {"a:;b:;c:$b $a", "a<a b<b c<a"},
		"a value between":       {"job:;instance=$job;pod:$instance", "job<job pod<pod"},
		"circle":                {"a:$b;b:$a", "a<a b<a"},
		"behind a circle":       {"c:$b;a:$b;b:$a", "a<a b<a c<a"},
		"itself":                {"a:$a", "a<a"},
		"not a variable":        {"a:$b", "a<a"},
		"all have values":       {"a=;b=$a", ""},
	} {
		var variables []grafana.Variable
		values := map[string]query.Value{}
		for _, line := range strings.Split(test.variables, ";") {
			at := strings.IndexAny(line, ":=")
			v := grafana.Variable{Name: line[:at], Type: "query", Query: "label_values(up, " + line[at+1:] + ")"}
			variables = append(variables, v)
			if line[at] == '=' {
				values[v.Name] = query.Value{Values: []string{"x"}}
			}
		}
		want := map[string]string{}
		for _, pair := range strings.Fields(test.want) {
			name, cause, _ := strings.Cut(pair, "<")
			want[name] = cause
		}
		if got := causes(variables, values, nil); !maps.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}
