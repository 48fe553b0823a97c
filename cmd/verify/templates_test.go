package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// TestTemplatesOnServer: a server's series have all their labels, so a text that reads another one reads nothing. A
// label that the expression itself cannot find is reported once.
func TestTemplatesOnServer(t *testing.T) {
	t.Chdir(t.TempDir())
	rules := `groups:
  - name: shop
    rules:
      - alert: Long
        expr: shop_queue_length > 100
        annotations: {description: '{{ $labels.job }} {{ $labels.room }}'}
      - alert: Zone
        expr: sum by (zone) (shop_queue_length) > 100
        annotations: {description: '{{ $labels.zone }}'}
`
	if err := os.WriteFile("rules.yml", []byte(rules), 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(newStub(t))
	defer server.Close()
	var out, complaints bytes.Buffer
	run([]string{"-prometheus", server.URL, "-rules", "rules.yml"}, &out, &complaints)
	for text, want := range map[string]int{
		"rules.yml:6: Long: template: annotation description: {{ $labels.room }}: the result has no label room": 1,
		": template: ": 1,
		`rules.yml:7: Zone: label: by: the aggregated series have no label "zone"`: 1,
	} {
		if got := strings.Count(out.String(), text); got != want {
			t.Errorf("%d of %q, want %d:\n%s%s", got, text, want, &out, &complaints)
		}
	}
}
