package panel_test

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// A service's metrics, as a generated catalogue has them, and what a board sees of them.
var (
	orders    = metric.Counter{Name: "shop_orders_total", Labels: []metric.Label{"outcome", "region"}}
	queue     = metric.Gauge{Name: "shop_queue_length", Labels: []metric.Label{"region"}}
	connected = metric.Gauge{Name: "shop_bank_connected"}

	shop = promql.NewScope(promql.RateInterval, []metric.Label{"instance"}, promql.Selected("instance"))
)

// show prints what makes a panel what it is.
func show(b cog.Builder[dashboard.Panel]) {
	p, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s %q\n", p.Type, *p.Title)
	for _, target := range p.Targets {
		q := target.(prometheus.Dataquery)
		fmt.Printf("%s: %s\n", *q.LegendFormat, q.Expr)
	}
}

// A board from its head to its panels. Panels that say nothing of units and legends get them from their expressions.
func Example() {
	head := dashboard.NewDashboardBuilder("Shop / Orders").
		Uid("shop-orders").
		WithVariable(dashboard.NewDatasourceVariableBuilder("datasource").Type("prometheus")).
		WithVariable(panel.LabelValues(metric.Family(metric.Up), "instance"))
	board, err := panel.NewBoard(head).
		Row("Now").
		Line(4,
			panel.Stat("Orders", "All regions together. None: look at the queue.", shop.Rate(orders).Sum()),
			panel.Stat("Queue", "The longest. Growing: start another worker.", panel.Of(shop.Value(queue).Max()).Steps(100, 500))).
		Row("Over time").
		Line(8, panel.TimeSeries("Orders by outcome", "A change in colour is a fault.", shop.Rate(orders).Sum("outcome")).Span(24)).
		Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range board.Panels {
		if p.Panel != nil {
			fmt.Println(*p.Panel.Title, *p.Panel.FieldConfig.Defaults.Unit, *p.Panel.GridPos)
		}
	}
	// Output:
	// Orders count:/s {4 12 0 1 <nil>}
	// Queue short {4 12 12 1 <nil>}
	// Orders by outcome count:/s {8 24 0 6 <nil>}
}

// A mistake is an error with file and line, and what to do.
func ExampleBoard_Build_mistake() {
	_, err := board().Row("Now").Row("Later").Line(4, stat("Heap")).Build()
	fmt.Println(here.ReplaceAllString(err.Error(), "shop.go:12"))
	// Output:
	// board go-test: row "Now": shop.go:12: the row has no panels: give it a Line, or leave it out
}

func ExampleNamed() {
	show(panel.TimeSeries("Queue", "How long it is.",
		panel.Named("longest", shop.Value(queue).Max()),
		panel.Named("shortest", shop.Value(queue).Min()).Colored("green")))
	// Output:
	// timeseries "Queue"
	// longest: max(shop_queue_length{instance=~"$instance"})
	// shortest: min(shop_queue_length{instance=~"$instance"})
}

func ExampleDisplay_Of() {
	p, _ := panel.Stat("Orders a minute", "All regions together.", panel.PerMinute.Of(shop.Rate(orders).Sum())).Build()
	fmt.Println(*p.FieldConfig.Defaults.Unit, p.Targets[0].(prometheus.Dataquery).Expr)
	// Output:
	// count:/min sum(rate(shop_orders_total{instance=~"$instance"}[$__rate_interval])) * 60
}

func ExampleText() {
	show(panel.Text("Who to ask", "Orders belong to **#shop-on-call**. First steps: [runbook](https://runbooks.example.org/orders)."))
	// Output:
	// text "Who to ask"
}

func ExampleStateTimeline() {
	show(panel.StateTimeline("Bank", "Red: no connection; orders wait.", shop.Value(connected)).
		Mappings([]dashboard.ValueMapping{panel.Word(0, "cut off", "red"), panel.Word(1, "connected", "green")}))
	// Output:
	// state-timeline "Bank"
	// {{instance}}: shop_bank_connected{instance=~"$instance"}
}

func ExampleStatusHistory() {
	show(panel.StatusHistory("Queue by region", "Red: over 500 wait.", panel.Of(shop.Value(queue).Max("region")).Steps(100, 500)))
	// Output:
	// status-history "Queue by region"
	// {{region}}: max by (region) (shop_queue_length{instance=~"$instance"})
}

func ExampleBarChart() {
	of := func(outcome string) promql.Expr {
		return shop.Where(promql.MatchEqual("outcome", outcome)).Over(promql.ShownRange).Increase(orders).Sum("region")
	}
	show(panel.BarChart("Orders by region", "One region alone: its bank.",
		panel.Named("paid", of("paid")).Colored("green"), panel.Named("refused", of("refused")).Colored("red")))
	// Output:
	// barchart "Orders by region"
	// {{region}} paid: sum by (region) (increase(shop_orders_total{instance=~"$instance",outcome="paid"}[$__range]))
	// {{region}} refused: sum by (region) (increase(shop_orders_total{instance=~"$instance",outcome="refused"}[$__range]))
}

func ExamplePie() {
	show(panel.Pie("Orders by outcome", "Much refused: ask the bank.", shop.Over(promql.ShownRange).Increase(orders).Sum("outcome")))
	// Output:
	// piechart "Orders by outcome"
	// {{outcome}}: sum by (outcome) (increase(shop_orders_total{instance=~"$instance"}[$__range]))
}

func ExampleHistogram() {
	show(panel.Histogram("Queue lengths", "A second hill: some workers stand still.", shop.Value(queue).Max("region")))
	// Output:
	// histogram "Queue lengths"
	// {{region}}: max by (region) (shop_queue_length{instance=~"$instance"})
}

func ExampleTable() {
	show(panel.Table("Regions", "One row for each region.",
		panel.Col("Queue", panel.Of(shop.Value(queue).Max("region")).Steps(100, 500)),
		panel.Col("Orders", shop.Rate(orders).Sum("region"))))
	// Output:
	// table "Regions"
	// : max by (region) (shop_queue_length{instance=~"$instance"})
	// : sum by (region) (rate(shop_orders_total{instance=~"$instance"}[$__rate_interval]))
}
