package repository

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/source/sourcetest"
)

// hostileServer is a server with pages and answers that never end, or are very large; and with some that are well.
func hostileServer(t *testing.T) string {
	t.Helper()
	prometheus, err := sourcetest.New()
	if err != nil {
		t.Fatal(err)
	}
	prometheus.Prefix = "/prometheus"
	mux := http.NewServeMux()
	mux.Handle("/prometheus/", prometheus)
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		for i := range 200 {
			fmt.Fprintf(w, "queue{a=\"%d\"} 1\n", i)
		}
	})
	ended := make(chan struct{})
	for kind, write := range hostileBodies {
		mux.HandleFunc("/"+kind+"/", func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/page") {
				w.Header().Set("Content-Type", "application/json")
			} else {
				w.Header().Set("Content-Type", "text/plain; version=0.0.4")
			}
			write(w, r, ended)
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(func() { close(ended); server.Close() })
	return server.URL
}

// hostileBodies write the body of any answer, until the client leaves or the test ends.
var hostileBodies = map[string]func(w http.ResponseWriter, r *http.Request, ended <-chan struct{}){
	"hanging": func(_ http.ResponseWriter, r *http.Request, ended <-chan struct{}) {
		select {
		case <-r.Context().Done():
		case <-ended:
		}
	},
	"slow": func(w http.ResponseWriter, r *http.Request, ended <-chan struct{}) {
		for {
			if _, err := io.WriteString(w, " "); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-ended:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	},
	"endless": func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		endless(w, strings.HasSuffix(r.URL.Path, "/page"))
	},
	"bomb": func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		endless(z, strings.HasSuffix(r.URL.Path, "/page"))
	},
	"deep": func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		io.WriteString(w, `{"status":"success","data":`+strings.Repeat("[", 60<<20))
	},
	"values": func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		if strings.HasSuffix(r.URL.Path, "/page") {
			io.WriteString(w, filled(60<<20, "", "queue{a=\"%d\"} 1\n", "", ""))
			return
		}
		io.WriteString(w, filled(60<<20, `{"status":"success","data":{"resultType":"matrix","result":[`, `{"metric":{"a":"%d"},"values":[[1,"1"]]}`, ",", "]}}"))
	},
	"names": func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		if strings.HasSuffix(r.URL.Path, "/page") {
			io.WriteString(w, filled(60<<20, "", "# HELP a%d a\n# TYPE a%d counter\na%d{a=\"%d\"} 1\n", "", ""))
			return
		}
		io.WriteString(w, filled(60<<20, `{"status":"success","data":[`, `"a%d"`, ",", "]}"))
	},
	"series": func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		if strings.HasSuffix(r.URL.Path, "/page") {
			io.WriteString(w, filled(60<<20, "", "a%d 1\n", "", ""))
			return
		}
		io.WriteString(w, filled(60<<20, `{"status":"success","data":[`, `{"__name__":"a%d"}`, ",", "]}"))
	},
	"samples": func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		if strings.HasSuffix(r.URL.Path, "/page") {
			io.WriteString(w, "a{"+strings.Repeat(`l="a",`, 10<<20))
			return
		}
		io.WriteString(w, filled(60<<20, `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[`, `[%d,"1"]`, ",", "]}]}}"))
	},
	"labels": func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		if strings.HasSuffix(r.URL.Path, "/page") {
			io.WriteString(w, filled(1<<20-100, "a{", `l%d="a"`, ",", "} 1\n"))
			return
		}
		io.WriteString(w, filled(60<<20, `{"status":"success","data":[{`, `"l%d":""`, ",", "}]}"))
	},
}

// endless writes until nobody reads any more.
func endless(w io.Writer, isPage bool) {
	text := "\"a\",\n"
	if isPage {
		text = "queue{a=\"b\"} 1\n"
	} else if _, err := io.WriteString(w, `{"status":"success","data":[`); err != nil {
		return
	}
	text = strings.Repeat(text, 10_000)
	for {
		if _, err := io.WriteString(w, text); err != nil {
			return
		}
	}
}

// serverAttacks are servers. Each is asked by all commands that ask servers.
func serverAttacks() []attack {
	var all []attack
	for _, kind := range []string{"hanging", "slow", "endless", "bomb", "deep", "values", "names", "series", "samples", "labels"} {
		all = append(all, attack{
			name: "server: " + kind, usual: usualServers[kind],
			files: func() map[string]string {
				return map[string]string{"board.json": boardBegin + `"panels":[` + strings.ReplaceAll(panel, "%d", "1") + `],"templating":{"list":[` +
					`{"name":"v","type":"query","query":"label_values(up, job)","regex":"/^(a|aa)+$/"}]}}`}
			},
			runs: [][]string{
				{"lint", "-prometheus", "$SERVER/" + kind, "board.json"},
				{"lint", "-metrics", "$SERVER/" + kind + "/page", "board.json"},
				{"verify", "-boards", "board.json", "-prometheus", "$SERVER/" + kind},
				{"verify", "-boards", "board.json", "-target", "$SERVER/" + kind + "/page"},
				{"metrics", "-package", "x", "$SERVER/" + kind + "/page"},
				{"diff", "-live", "$SERVER/" + kind, "."},
			},
		})
	}
	return all
}

// usualServers names the commands that always ask a server of a kind.
var usualServers = map[string]string{"endless": "verify", "bomb": "lint metrics", "samples": "metrics", "names": "lint metrics verify"}

// pageAttacks are pages of metrics in files.
func pageAttacks() []attack {
	pages := map[string]func() string{
		"help": func() string { return "# HELP a " + strings.Repeat("a", 900<<10) + "\na 1\n" },
		"buckets": func() string {
			return "# TYPE a histogram\n" + filled(small, "", "a_bucket{le=\"%d\"} 1\n", "", "a_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n")
		},
		"families": func() string { return filled(small, "", "# TYPE a%d gauge\na%d 1\n", "", "") },
		"alike": func() string {
			return filled(small, "", "# TYPE a_%d_b gauge\na_%d_b 1\n# TYPE a:%d:b gauge\na:%d:b 1\n", "", "")
		},
	}
	var all []attack
	for name, text := range pages {
		all = append(all, attack{
			name: "page: " + name, usual: "metrics",
			files: func() map[string]string { return map[string]string{"page.txt": text()} },
			runs: [][]string{{"metrics", "-package", "x", "-o", "x/x.go", "page.txt"}, {"metrics", "-check", "-o", "x/x.go", "page.txt"},
				{"lint", "-metrics", "page.txt", "page.txt"}},
		})
	}
	return all
}

// folderAttacks are folders, and gen's list of its files.
func folderAttacks() []attack {
	return []attack{{
		name: "folder: many files",
		files: func() map[string]string {
			files := map[string]string{}
			for i := range 2000 {
				files[fmt.Sprintf("old/%d.json", i)] = boardBegin + `"panels":[` + onePanel + `]}`
				files[fmt.Sprintf("new/%d.json", i)] = boardBegin + `"panels":[` + strings.ReplaceAll(panel, "%d", "2") + `]}`
			}
			return files
		},
		runs: [][]string{{"lint", "old"}, {"verify", "-boards", "old/*", "-prometheus", "$SERVER/prometheus"}, {"diff", "-on", "", "old", "new"},
			{"preview", "-svg", "pictures", "-boards", "old/*"}},
	}, {
		name:  "gen: a list of 200 MiB",
		files: func() map[string]string { return map[string]string{"out/.generated": strings.Repeat("a", 200<<20)} },
		runs:  [][]string{{"gen", "-out", "out"}, {"gen", "-check", "-out", "out"}},
	}, {
		name: "gen: a list of many files", usual: "gen",
		files: func() map[string]string {
			return map[string]string{"out/.generated": filled(1<<20, "", "a/b/%d.json\n", "", "")}
		},
		runs: [][]string{{"gen", "-out", "out"}, {"gen", "-check", "-out", "out"}},
	}, {
		name: "baseline of 16 MiB", usual: "lint",
		files: func() map[string]string {
			return map[string]string{"old/board.json": boardBegin + `"panels":[]}`, "known": "# known findings\n" + strings.Repeat("a\n", 8<<20-20)}
		},
		runs: [][]string{{"lint", "-baseline", "known", "old"}},
	}}
}
