package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestUnansweredQuestions: where the server does not answer a question, what needs it is not judged and the rest is. The
// report is written, and the exit code is that of an error.
func TestUnansweredQuestions(t *testing.T) {
	const whole = "1 board, 3 queries: 2 with data, 0 empty as expected, 1 dead; 3 rules: 0 dead; 3 findings; metrics: 2 of 2 used, 1 used but missing"
	for name, test := range map[string]struct {
		path, contains string // of the question
		sum            string
	}{
		"none":     {"/nothing", "", whole},
		"a range":  {"/query_range", "shop_orders_total", "1 board, 3 queries: 1 with data, 0 empty as expected, 1 dead, 1 not judged; 3 rules: 0 dead; 3 findings; metrics: 2 of 2 used, 1 used but missing; 1 question without an answer"},
		"instant":  {"/query", "shop_queue_length", "1 board, 3 queries: 1 with data, 0 empty as expected, 1 dead, 1 not judged; 3 rules: 0 dead; 3 findings; metrics: 2 of 2 used, 1 used but missing; 1 question without an answer"},
		"series":   {"/series", "shop_queue_length", "1 board, 3 queries: 1 with data, 0 empty as expected, 1 dead, 1 not judged; 3 rules: 0 dead; 3 findings; metrics: 1 of 2 used, 1 used but missing; 1 question without an answer"},
		"values":   {"/label/path/values", "", "1 board, 3 queries: 1 with data, 0 empty as expected, 1 dead, 1 not judged; 3 rules: 0 dead; 3 findings; metrics: 1 of 2 used, 1 used but missing; 1 question without an answer"},
		"coverage": {"/label/__name__/values", "", "1 board, 3 queries: 2 with data, 0 empty as expected, 1 dead; 3 rules: 0 dead; 3 findings; 1 question without an answer"},
		"a rule":   {"/query", "up == 0", "1 board, 3 queries: 2 with data, 0 empty as expected, 1 dead; 3 rules: 0 dead, 3 not judged; 3 findings; metrics: 2 of 2 used, 1 used but missing; 3 questions without an answer"},
	} {
		stub := newStub(t)
		stub.Refuse = func(w http.ResponseWriter, r *http.Request) bool {
			r.ParseForm()
			asked := r.Form.Get("query") + r.Form.Get("match[]")
			isRefused := strings.HasSuffix(r.URL.Path, "/api/v1"+test.path) && strings.Contains(asked, test.contains)
			if isRefused {
				http.Error(w, "the disk is full", http.StatusInsufficientStorage) // no second try
			}
			return isRefused
		}
		server := httptest.NewServer(stub)
		code, out, complaint := asked(t, server.URL)
		server.Close()
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if sum := lines[len(lines)-1]; sum != test.sum {
			t.Errorf("%s:\n got %s\nwant %s", name, out, test.sum)
		}
		isWhole := test.sum == whole
		if isWhole && code != 1 || !isWhole && (code != 2 || !strings.Contains(complaint, "without an answer, so not everything was judged: ") ||
			!strings.Contains(complaint, "the disk is full")) {
			t.Errorf("%s: exit %d, %s", name, code, complaint)
		}
	}
}
