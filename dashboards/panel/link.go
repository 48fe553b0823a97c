package panel

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/promql"
)

// Link links to any address, in a new tab: for a board's Link, a panel's Links or DataLinks. The address may use the
// board's variables, ${job:queryparam}, and in data links Grafana's own, ${__data.fields["path"]}.
func Link(title, address string) *dashboard.DashboardLinkBuilder {
	b := dashboard.NewDashboardLinkBuilder(title).
		Type(dashboard.DashboardLinkTypeLink).
		Icon("external link").
		Url(address).
		TargetBlank(true)
	if title == "" || address == "" {
		b = b.RecordError("link", fmt.Errorf("link %q: %w", title, promql.Mistake("a link needs a title and an address")))
	}
	return b
}

// Logs links to the logs of the shown range in Grafana's Explore. dataSource is the uid of a log store such as Loki.
// query is in its language and may use the board's variables.
func Logs(title, dataSource, query string) *dashboard.DashboardLinkBuilder {
	pane, _ := json.Marshal(map[string]any{ // texts only: nothing to fail on
		"datasource": dataSource,
		"queries":    []any{map[string]any{"refId": "A", "expr": query, "datasource": map[string]string{"uid": dataSource}}},
		"range":      map[string]string{"from": "${__from}", "to": "${__to}"},
	})
	return Link(title, "/explore?schemaVersion=1&panes="+escape(fmt.Sprintf(`{"logs":%s}`, pane)))
}

// escape makes a text part of an address. It keeps the variables for Grafana to fill in.
func escape(text string) string {
	var b strings.Builder
	for {
		from, to, _ := reference(text)
		if from < 0 {
			return b.String() + quoted(text)
		}
		b.WriteString(quoted(text[:from]) + text[from:to])
		text = text[to:]
	}
}

func quoted(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
