package verify

import (
	"strings"
	"testing"

	"gaugewright/internal/grafana"
	"gaugewright/internal/rules"
)

// TestBound: of a board or a rule file over the limits the first panels and rules are judged, and that is said.
func TestBound(t *testing.T) {
	many := grafana.Board{Title: "Many", Panels: make([]grafana.Panel, maxPanels+1)}
	if err := bound(&many); err == nil || len(many.Panels) != maxPanels || !strings.Contains(err.Error(), `"Many" has more than 2000 panels`) {
		t.Errorf("%d panels, %v", len(many.Panels), err)
	}
	if err := bound(&many); err != nil {
		t.Errorf("as many as are allowed: %v", err)
	}
	deep := grafana.Board{Panels: []grafana.Panel{{}, {Targets: make([]grafana.Target, maxQueries+1)}}}
	if err := bound(&deep); err == nil || len(deep.Panels) != 1 {
		t.Errorf("%d panels, %v", len(deep.Panels), err)
	}
	file := rules.File{Groups: []rules.Group{{Rules: make([]rules.Rule, maxRules-1)}, {Rules: make([]rules.Rule, 3)}, {}}}
	if err := boundRules(&file); err == nil || len(file.Groups) != 2 || len(file.Groups[1].Rules) != 1 {
		t.Errorf("%d groups, %v", len(file.Groups), err)
	}
	if err := boundRules(&file); err != nil {
		t.Errorf("as many as are allowed: %v", err)
	}
}
