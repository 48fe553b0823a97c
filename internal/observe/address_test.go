package observe

import (
	"slices"
	"testing"
)

// TestSplitTargets: a comma separates targets only before another one.
func TestSplitTargets(t *testing.T) {
	for text, want := range map[string][]string{
		"http://a/m":                                     {"http://a/m"},
		"http://a/m,http://b/m":                          {"http://a/m", "http://b/m"},
		"http://a/m, https://b/m":                        {"http://a/m", "https://b/m"},
		"shop=http://a,pay ments=http://b":               {"shop=http://a", "pay ments=http://b"},
		`http://a/f?match[]={a="1",b="2"}`:               {`http://a/f?match[]={a="1",b="2"}`},
		`http://a/f?match[]={a="1",b="2"},job=http://b/`: {`http://a/f?match[]={a="1",b="2"}`, "job=http://b/"},
		`http://a/f?m={u=~"x,http.*"},http://b`:          {`http://a/f?m={u=~"x,http.*"}`, "http://b"},
		`http://a/f?m={a="1",u="http://x"}`:              {`http://a/f?m={a="1",u="http://x"}`},
		"http://a/f?ids=1,2,3":                           {"http://a/f?ids=1,2,3"},
		"http://a/f?next=1%2Chttp://b":                   {"http://a/f?next=1%2Chttp://b"},
		"http://a,b":                                     {"http://a,b"},
		"http://a/m,":                                    {"http://a/m"},
		",http://a/m":                                    {"http://a/m"},
		"localhost:1,localhost:2":                        {"localhost:1,localhost:2"},
	} {
		if got := splitTargets(text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}
