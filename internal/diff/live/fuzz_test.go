package live

import (
	"net/http"
	"strings"
	"testing"

	"gaugewright/internal/diff/live/livetest"
)

// FuzzAnswers: whatever a server answers to one of the questions, the run ends without a panic, and what it says stays on
// its line.
func FuzzAnswers(f *testing.F) {
	for _, path := range []string{"/apis/dashboard.grafana.app", inList, "/dashboards/a", "/api/search", byUID, "/api/frontend"} {
		for _, body := range []string{
			`{}`, `[]`, `null`, `{"items": [null, 1]}`, `{"items": [{"metadata": {"name": "a\n::error::"}, "spec": {}}], "metadata": {"continue": "x"}}`,
			`{"status": {"conversion": {"storedVersion": "../../..", "failed": true}}}`, `{"dashboard": {"panels": []}}`, `[{"uid": "x\u001b[31m"}]`,
			`{"preferredVersion": {"version": "%zz"}}`, `{"namespace": "a/../../b?c#d"}`,
		} {
			f.Add(path, body, uint8(0), true)
			f.Add(path, body, uint8(0), false)
		}
		f.Add(path, "a\nb", uint8(2), false)
	}
	f.Fuzz(func(t *testing.T, path, body string, status uint8, isOlder bool) {
		server := &livetest.Server{Older: isOlder, Boards: []livetest.Board{{UID: "a", Spec: two[0].Data}}}
		server.Refuse = func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.Contains(r.URL.RequestURI(), path) {
				return false
			}
			w.WriteHeader([]int{200, 404, 501}[status%3]) // none of them is asked for again
			w.Write([]byte(body))
			return true
		}
		g := asking(t, server)
		g.Folder = "x"
		sides, err := g.Read(t.Context(), two)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%q", err)
			}
			return
		}
		for _, e := range sides.Errors {
			if strings.ContainsAny(e.Text+e.File, "\n\x1b") {
				t.Errorf("%q", e)
			}
		}
	})
}
