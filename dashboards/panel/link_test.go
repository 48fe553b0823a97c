package panel_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"gaugewright/dashboards/panel"
)

// What Grafana makes of the address, once it has filled the variables in, is the query again.
func TestLogsAddress(t *testing.T) {
	link, err := panel.Logs("Logs", "loki", `{app="a b+c", instance=~"${instance:regex}"} |= "$job"`).Build()
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer("${instance:regex}", "host", "$job", "shop", "${__from}", "1", "${__to}", "2").Replace(*link.Url)
	address, err := url.Parse(filled)
	if err != nil {
		t.Fatal(err)
	}
	var panes map[string]struct {
		Datasource string
		Queries    []struct{ Expr string }
		Range      struct{ From, To string }
	}
	if err := json.Unmarshal([]byte(address.Query().Get("panes")), &panes); err != nil {
		t.Fatal(err)
	}
	pane := panes["logs"]
	if want := `{app="a b+c", instance=~"host"} |= "shop"`; pane.Queries[0].Expr != want || pane.Datasource != "loki" ||
		pane.Range.From != "1" || pane.Range.To != "2" {
		t.Errorf("%+v", pane)
	}
}
