package live

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gaugewright/internal/diff"
	"gaugewright/internal/diff/live/livetest"
)

// two are the sources of the answers below.
var two = []diff.File{
	{Path: "a.json", Data: []byte(`{"uid": "a", "title": "A", "panels": []}`)},
	{Path: "b.json", Data: []byte(`{"uid": "b", "title": "B", "panels": []}`)},
}

// rule is how a server answers the paths that contain a text.
type rule struct {
	path   string
	times  int // that it does so; 0 for always
	status int
	header string // "Name: value"
	body   string
	slow   time.Duration
	isCut  bool
}

// refuse makes the rules those of the server.
func refuse(rules []rule) func(http.ResponseWriter, *http.Request) bool {
	done := make(chan map[int]int, 1)
	done <- map[int]int{}
	return func(w http.ResponseWriter, r *http.Request) bool {
		for i, rule := range rules {
			if !strings.Contains(r.URL.RequestURI(), rule.path) {
				continue
			}
			counts := <-done
			counts[i]++
			isOver := rule.times > 0 && counts[i] > rule.times
			done <- counts
			if isOver {
				continue
			}
			select {
			case <-time.After(rule.slow):
			case <-r.Context().Done():
			}
			if name, value, ok := strings.Cut(rule.header, ": "); ok {
				w.Header().Set(name, value)
			}
			if rule.status != 0 {
				w.WriteHeader(rule.status)
			}
			fmt.Fprint(w, rule.body)
			if rule.isCut {
				panic(http.ErrAbortHandler)
			}
			return rule.status != 0 || rule.body != ""
		}
		return false
	}
}

const (
	inList = "/namespaces/default/dashboards?"
	byUID  = "/api/dashboards/uid/"
)

// TestAnswers: what becomes of each answer that a server may give. What concerns one board does not hide the others.
func TestAnswers(t *testing.T) {
	const (
		at        = "error: http://grafana.test/sub: "
		onA       = "not read: a.json: on the server: "
		onB       = "not read: b.json: on the server: "
		noToken   = "set GRAFANA_TOKEN to a token of a service account, or name a file with -live-token-file\n"
		noRight   = "the service account needs to read dashboards: the role Viewer, or dashboards:read\n"
		tooOften  = "it is asked too often: try again later\n"
		noJSON    = "the answer is not the JSON of a Grafana: "
		saveAgain = "save it there once more\n"
		elsewhere = "if that address is right, use it; nothing was sent there\n"
		forbidden = `{"kind": "Status", "message": "dashboards is forbidden", "code": 403}`
		converted = `{"status": {"conversion": {"failed": true, "error": "no\nway", "storedVersion": "v0alpha1"}}}`
		unnamed   = `{"items": [null, {"metadata": {"name": "b"}, "spec": {"title": "B", "panels": []}}]}`
	)
	for name, test := range map[string]struct {
		isOlder bool
		rules   []rule
		want    string
		took    time.Duration
	}{
		"well":        {},
		"well, older": {isOlder: true},

		"401": {rules: []rule{{status: 401, body: `{"message": "Invalid API key"}`}},
			want: at + "401 Unauthorized: Invalid API key: " + noToken},
		"a page to log in": {rules: []rule{{status: 302, header: "Location: /sub/login"}},
			want: at + "401 Unauthorized: it asks for a log-in: " + noToken},
		"403 of the list": {rules: []rule{{path: inList, status: 403, body: forbidden}},
			want: at + "403 Forbidden: dashboards is forbidden: " + noRight},
		"403 of one": {rules: []rule{{path: "/dashboards/b", status: 403}}, want: onB + "403 Forbidden: " + noRight},
		"403 of one, older": {isOlder: true, rules: []rule{{path: byUID + "b", status: 403, body: `{"message": "Access denied"}`}},
			want: onB + "403 Forbidden: Access denied: " + noRight},

		"404 of the list": {rules: []rule{{path: inList, status: 404}}}, // the older API has it
		"404 of all":      {rules: []rule{{status: 404, body: "<html>"}}, want: at + "404 Not Found\n"},
		"404 of one": {rules: []rule{{path: "/dashboards/b", status: 404}},
			want: onB + "the server does not hand it out in v0alpha1, in which it is stored: " + saveAgain},
		"404 of one, older": {isOlder: true, rules: []rule{{path: byUID + "b", status: 404, body: `{"message": "Dashboard not found"}`}},
			want: onB + "404 Not Found: Dashboard not found\n"},
		"404 of the settings": {rules: []rule{{path: "/api/frontend", status: 404}}},

		"429 once":         {rules: []rule{{path: inList, times: 1, status: 429, header: "Retry-After: 7"}}, took: 7 * time.Second},
		"429 of one, once": {rules: []rule{{path: "/dashboards/b", times: 1, status: 429, header: "Retry-After: 3"}}, took: 3 * time.Second},
		"429 for too long": {rules: []rule{{path: inList, status: 429, header: "Retry-After: 120"}},
			want: at + "429 Too Many Requests: Retry-After: 120: " + tooOften},
		"429 again and again": {rules: []rule{{path: inList, status: 429, header: "Retry-After: 2"}},
			want: at + "429 Too Many Requests: Retry-After: 2: " + tooOften, took: 8 * time.Second},
		"503 twice": {rules: []rule{{path: inList, times: 2, status: 503}}, took: 750 * time.Millisecond},
		"502 and 504": {isOlder: true, rules: []rule{{path: byUID + "a", times: 1, status: 502}, {path: byUID + "a", times: 1, status: 504}},
			took: 750 * time.Millisecond},
		"500 of one": {isOlder: true, rules: []rule{{path: byUID + "b", status: 500, body: "database\nis locked"}},
			want: onB + `500 Internal Server Error: database\nis locked` + "\n", took: 3750 * time.Millisecond},
		"500 of the list": {rules: []rule{{path: inList, status: 500}}, want: at + "500 Internal Server Error\n", took: 3750 * time.Millisecond},
		"500 once":        {rules: []rule{{path: inList, times: 1, status: 500}}, took: 250 * time.Millisecond},

		"slow":             {rules: []rule{{path: inList, slow: 29 * time.Second}}, took: 29 * time.Second},
		"too slow":         {rules: []rule{{path: inList, slow: time.Hour}}, want: at + "no answer within 30s\n", took: 30 * time.Second},
		"too slow for one": {rules: []rule{{path: "/dashboards/a", slow: time.Hour}}, want: onA + "no answer within 30s\n", took: 30 * time.Second},
		"busy and slow": {rules: []rule{{path: inList, status: 503, slow: 20 * time.Second}}, want: at + "no answer within 30s\n",
			took: 30 * time.Second},
		"cut":         {rules: []rule{{path: inList, body: `{"items": [`, isCut: true}}, want: at + "the answer is cut off after 11 bytes\n"},
		"cut for one": {rules: []rule{{path: "/dashboards/b", body: `{`, isCut: true}}, want: onB + "the answer is cut off after 1 byte\n"},

		"half a list": {rules: []rule{{path: inList, body: `{"items": [`}}, want: at + noJSON + "unexpected end of JSON input: check the address\n"},
		"a page": {rules: []rule{{body: "<html>"}},
			want: at + noJSON + "invalid character '<' looking for beginning of value: check the address\n"},
		"another API": {rules: []rule{{body: "{}"}}, want: at + "/apis/dashboard.grafana.app names no version: check the address\n"},
		"no board": {rules: []rule{{path: "/dashboards/b", body: `{"status": {"conversion": {"storedVersion": "v0alpha1"}}}`}},
			want: onB + "the answer is no board: check the address\n"},
		"no board, older": {isOlder: true, rules: []rule{{path: byUID + "b", body: "{}"}}, want: onB + "the answer is no board: check the address\n"},
		"elsewhere": {rules: []rule{{status: 302, header: "Location: https://elsewhere.test/x"}},
			want: at + "it redirects to https://elsewhere.test/x: " + elsewhere},
		"the same page for ever": {rules: []rule{{path: inList, body: `{"metadata": {"continue": "x"}, "items": []}`}},
			want: at + "the list of boards has no end: the server gives the same continue twice\n"},
		"an item without a name": {rules: []rule{{path: inList, body: unnamed}},
			want: "a.json: : not on the server\nnot read: http://grafana.test/sub/d: on the server: the list has an item that is no board\n"},
		"cannot be converted": {rules: []rule{{path: "/dashboards/b", body: converted}},
			want: onB + `the server could not convert it: no\nway` + "\n"},
		"never as it is stored": {rules: []rule{
			{path: "/v0alpha1/namespaces/default/dashboards/b", body: `{"status": {"conversion": {"storedVersion": "v9"}}}`},
			{path: "/v9/", body: `{"status": {"conversion": {"storedVersion": "v0alpha1"}}}`},
		}, want: onB + "the server hands it out converted only, in whatever version: " + saveAgain},
	} {
		synctest.Test(t, func(t *testing.T) {
			server := &livetest.Server{Older: test.isOlder, Boards: []livetest.Board{{UID: "a", Spec: two[0].Data}, {UID: "b", Spec: two[1].Data}}}
			server.Refuse = refuse(test.rules)
			started := time.Now()
			if got := told(t, asking(t, server), two); got != test.want {
				t.Errorf("%s: got\n%s, want\n%s", name, got, test.want)
			}
			if took := time.Since(started); took != test.took {
				t.Errorf("%s: took %v", name, took)
			}
		})
	}
}

// TestSlowInAll: many slow answers end with the time of all; what was read until then is compared.
func TestSlowInAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &livetest.Server{Older: true, Refuse: refuse([]rule{{path: byUID, slow: 25 * time.Second}})}
		for i := range 60 {
			server.Boards = append(server.Boards, livetest.Board{UID: fmt.Sprint(i), Spec: []byte(`{"title": "X", "panels": []}`)})
		}
		started := time.Now()
		got := told(t, asking(t, server), two)
		read := strings.Count(got, "only on the server")
		if lost := strings.Count(got, "took more than 5m0s in all: name some boards with -uid"); read < 40 || read+lost != 60 {
			t.Errorf("%d boards read, %d lost", read, lost)
		}
		if took := time.Since(started); took != totalTime {
			t.Errorf("took %v", took)
		}
	})
}

// TestLargeInAll: the answers have a size in all.
func TestLargeInAll(t *testing.T) {
	ask := asking(t, &livetest.Server{}).asker()
	ask.left.Store(100)
	var value any
	if err := ask.get(t.Context(), &value, nil, "apis", group); err == nil || !strings.Contains(err.Error(), "more than 512 MiB of answers in all") {
		t.Error(err)
	}
}
