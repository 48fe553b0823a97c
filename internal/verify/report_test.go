package verify

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestReportWithoutNulls: programs that read the report find a list where nothing was found, too.
func TestReportWithoutNulls(t *testing.T) {
	text, err := json.Marshal(&Report{Coverage: &Coverage{}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "null") {
		t.Errorf("%s", text)
	}
	for _, list := range []string{"findings", "notes", "queries", "rules", "unused", "lacking"} {
		if !strings.Contains(string(text), `"`+list+`":[]`) {
			t.Errorf("no empty list of %s in %s", list, text)
		}
	}
}
