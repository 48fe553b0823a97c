package panel_test

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// A variable, an annotation and a link of one's own go in the chain, before the rows or after them.
func Example_head() {
	built, err := board().
		Variable(panel.LabelValues(metric.Family(orders), "region", promql.Selected("instance"))).
		Variable(panel.Custom("currency", "EUR", "USD")).
		Variable(panel.Interval("window", "5m", "1h", "1d")).
		Variable(panel.TextBox("customer", "")).
		Annotation(panel.Annotation("Bank cut off", promql.Number(1).Sub(shop.Value(connected)))).
		Link(panel.Link("Status page", "https://status.example.org/?region=${region}")).
		Row("Now").Line(4, stat("Heap")).
		Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, variable := range built.Templating.List[3:] {
		fmt.Println(variable.Type, variable.Name)
	}
	fmt.Println(built.Annotations.List[0].Name, *built.Annotations.List[0].Expr)
	fmt.Println(*built.Links[0].Url)
	// Output:
	// query region
	// custom currency
	// interval window
	// textbox customer
	// Bank cut off 1 - shop_bank_connected{instance=~"$instance"}
	// https://status.example.org/?region=${region}
}

// A row for each value of a variable, or a panel for each: the SDK's own Repeat.
func ExampleBoard_Repeat() {
	here := shop.Where(promql.Selected("region"))
	built, err := board().
		Variable(panel.LabelValues(metric.Family(orders), "region")).
		Row("Region $region").Repeat("region").
		Line(8, panel.TimeSeries("Queue", "How long it is.", here.Value(queue).Max())).
		Row("Instances").
		Line(4, panel.Stat("Heap of $instance", "Rising for hours: a leak.", shop.Value(heap).Max()).Repeat("instance")).
		Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(*built.Panels[0].RowPanel.Repeat, *built.Panels[3].Panel.Repeat)
	// Output:
	// region instance
}

// A click on a stat opens the logs of what the reader chose, in the range that is shown.
func ExampleLogs() {
	logs := panel.Logs("Logs", "loki", `{app="shop", instance=~"${instance:regex}"} |= "refused"`)
	p, _ := panel.Stat("Refused", "Red: look at the logs.", shop.Rate(orders).Sum()).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{logs}).
		Build()
	fmt.Println((*p.FieldConfig.Defaults.Links[0].Url)[:60])
	// Output:
	// /explore?schemaVersion=1&panes=%7B%22logs%22%3A%7B%22datasou
}

func ExampleWord() {
	p, _ := panel.Stat("Bank", "Red: no connection.", shop.Value(connected).Min()).
		Mappings([]dashboard.ValueMapping{panel.Word(0, "cut off", "red"), panel.Word(1, "connected", "green")}).
		Build()
	fmt.Println(*p.FieldConfig.Defaults.Mappings[0].ValueMap.Options["0"].Text)
	// Output:
	// cut off
}
