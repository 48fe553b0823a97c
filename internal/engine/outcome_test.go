package engine

import (
	"strings"
	"testing"
)

// TestHonorLabels: with honor_labels, the page's labels win.
func TestHonorLabels(t *testing.T) {
	tests := []struct{ page, want string }{
		{`a{job="nightly"} 1`, `a{instance="i",job="nightly"} 1@0`},
		{`a{job="nightly",instance="h"} 1`, `a{instance="h",job="nightly"} 1@0`},
		{`a{instance=""} 1`, `a{job="j"} 1@0`},
		{`a{exported_job="x"} 1`, `a{exported_job="x",instance="i",job="j"} 1@0`},
		{`a 1`, `a{instance="i",job="j"} 1@0`},
	}
	for _, test := range tests {
		e := empty(t)
		e.HonorLabels = true
		e.scrapeText(t, 0, "i", test.page)
		if got := e.dump(t, false); got != test.want {
			t.Errorf("%s: stored %s, want %s", test.page, got, test.want)
		}
		if !strings.Contains(e.dump(t, true), `up{instance="i",job="j"} 1@0`) {
			t.Errorf("%s: up has not the target's labels", test.page)
		}
	}
}

// TestOutcome: what a scrape says about a page, at the last of its scrapes. The first scrape is at 22:13:20.
func TestOutcome(t *testing.T) {
	const (
		job     = "the page has a label job of its own, and so has the target: the page's is stored as exported_job, unless it is scraped with honor_labels (-honor-labels)"
		found   = ": a query finds them only at that time and for five minutes after (honor_timestamps: false changes that)"
		dropped = ": Prometheus drops them, as they are too old, too far ahead or out of order"
	)
	tests := []struct {
		name  string
		pages []string
		want  []string
	}{
		{"nothing", []string{"a 1"}, nil},
		{"no label of the target", []string{`a{path="/"} 1`}, nil},
		{"a job of its own", []string{`a{job="x"} 1`}, []string{job}},
		{"at the second scrape too", []string{`a{job="x"} 1`, `a{job="x"} 1`}, []string{job}},
		{"the same job", []string{`a{job="j"} 1`}, []string{job}},
		{"job and instance", []string{`a{job="x",instance="y"} 1`}, []string{strings.ReplaceAll(job, "job", "instance"), job}},
		{"exported already", []string{`a{job="x",exported_job="y"} 1`},
			[]string{strings.Replace(job, "as exported_job", "as exported_exported_job", 1)}},
		{"a time just before", []string{"a 1 1699999990000"}, nil},
		{"a time that lookback reaches", []string{"a 1 1699999700001"}, nil},
		{"a time that it does not reach", []string{"a 1 1699999700000"},
			[]string{"a: samples with times of their own: 1, the last 2023-11-14T22:08:20Z" + found}},
		{"a time ahead", []string{"a 1 1700000001000"},
			[]string{"a: samples with times of their own: 1, the last 2023-11-14T22:13:21Z" + found}},
		{"too old", []string{"a 1 1699996399999"},
			[]string{"a: samples with times of their own: 1, the last 2023-11-14T21:13:19Z" + dropped}},
		{"too far ahead", []string{"a 1 1700000600001"},
			[]string{"a: samples with times of their own: 1, the last 2023-11-14T22:23:20Z" + dropped}},
		{"out of order", []string{"a 1 1699999990000", "a 2 1699999980000"},
			[]string{"a: samples with times of their own: 1, the last 2023-11-14T22:13:00Z" + dropped}},
		{"the same again", []string{"a 1 1699999990000", "a 1 1699999990000"}, nil},
		{"some of them", []string{"a{p=\"1\"} 1 1699999000000\na{p=\"2\"} 1 1600000000000\nb 1"},
			[]string{"a: samples with times of their own: 2, the last 2023-11-14T21:56:40Z; Prometheus drops 1 of them, as they are too old, too far ahead or out of order" + found}},
	}
	for _, test := range tests {
		e := empty(t)
		var got Outcome
		for i, page := range test.pages {
			got = e.scrapeText(t, i, "i", page)
		}
		if got, want := strings.Join(got.Remarks(), "\n"), strings.Join(test.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, want)
		}
	}
}
