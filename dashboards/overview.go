package dashboards

import (
	"slices"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/gauge"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// Overview is where a reader starts.
func Overview(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.Scope()
	return t.Board("go-overview", "Go / Overview", "Is the service well? If not, which board shows why?").
		Row("Now").
		Line(4, instancesDown(s), requestRate(t), serverErrorRatio(t), p95(t), memoryLimitUse(t).DataLinks(t.to("go-memory")), gcCPU(t).DataLinks(t.to("go-gc"))).
		Row("Instances").
		Line(7, instances(t)).
		Row("Over time").
		Line(8, statusClasses(t.wholeService(), "the whole service"), coresUsed(s)).
		Line(8, memoryHeld(s), firingAlerts(t)).
		Line(6, down(t), restarted(t))
}

func instancesDown(s promql.Scope) *stat.PanelBuilder {
	up := s.Value(metric.Up)
	return panel.Stat("Down",
		"Targets that Prometheus cannot scrape. Above zero: check process, port and network before reading any other panel. "+
			"\"no target\": Prometheus knows of none, check its configuration.",
		panel.Number.Of(up.Eq(promql.Number(0)).Count().OrZero(up.Count())).ZeroIsGood()).
		NoValue("no target")
}

func requestRate(t Target) *stat.PanelBuilder {
	return panel.Stat("Request rate",
		"Requests a second to the whole service"+t.HTTP.without()+". A sudden drop is as bad as a spike: find out who stopped calling.",
		panel.Requests.Of(t.wholeService().outcomes().all())).
		DataLinks(t.to("go-http"))
}

func serverErrorRatio(t Target) *stat.PanelBuilder {
	return panel.Stat("Server errors ("+t.HTTP.serverErrors()+")",
		"Share of the service's requests that failed ("+t.HTTP.serverErrors()+"). Above 1%: open the HTTP board and look at the errors by path.",
		panel.Share.Of(worst(t.serviceScope().Aggregated(t.serviceLabels()...).Value(t.recordedRatio("5m")))).Steps(serverErrorsYellow, serverErrorsRed)).
		DataLinks(t.to("go-http")).
		NoValue(noRequests)
}

func p95(t Target) *stat.PanelBuilder {
	return panel.Stat("p95 latency",
		"95% of the service's requests were faster. Yellow begins at the objective; open the HTTP board to see which path is slow.",
		panel.Of(worst(measured(t.wholeService().quantile(0.95, t.clusterLabels()...)))).Steps(t.SLO.Latency.Seconds(), t.SLO.Slow.Seconds())).
		DataLinks(t.to("go-http")).
		NoValue(noRequests)
}

// memoryLimitUse judges only the live heap: what a process holds may fill its limit in good health.
func memoryLimitUse(t Target) *gauge.PanelBuilder {
	s := t.Scope()
	what, use := "Live heap", panel.Of(limitUse(s).Max()).Steps(memoryLimitYellow, memoryLimitRed)
	if limitUse(s).Missing() {
		what, use = "Memory held, garbage included,", panel.Of(goManaged(s).Div(memoryLimit(s)).Max())
	}
	return panel.Gauge("Memory limit in use",
		what+" over GOMEMLIMIT in the worst instance. Near 100% the collector does nothing but collect: raise the limit or find "+
			"what grows.", use).
		NoValue("GOMEMLIMIT not set")
}

func instances(t Target) *table.PanelBuilder {
	s, id := t.Scope(), t.Identity
	cpu := s.Rate(golang.ProcessCPUSecondsTotal).Sum(id...)
	memory, _, held := footprint(s)
	table := panel.Table("Instances",
		"One row for each process. Uptime that starts again and again is a crash loop. Look first at a row unlike the others: a click on "+
			"its name opens the other boards for that process alone.",
		panel.Col("State", panel.Number.Of(s.Value(metric.Up).Max(id...))).Words("down", "up"),
		panel.Info("Go", golang.LabelVersion, s.Value(golang.GoInfo).Max(append(slices.Clone(id), golang.LabelVersion)...)),
		panel.Col("Uptime", panel.Duration.Of(s.Since(golang.ProcessStartTimeSeconds).Max(id...))),
		panel.Col(memory, held.Max(id...)),
		panel.Col("Goroutines", goroutineCount(s).Max(id...)),
		panel.Col("File descriptors", panel.Share.Of(descriptorsUse(s).Max(id...)).Steps(descriptorsYellow, descriptorsRed)),
		panel.Col("CPU", panel.Cores.Of(cpu))).
		SortBy([]cog.Builder[common.TableSortByFieldState]{common.NewTableSortByFieldStateBuilder().DisplayName("State")}) // down first
	if len(id) == 0 {
		return table // Target.Check reports it
	}
	return panel.Linked(table, id[len(id)-1], t.ofThisProcess()...)
}

// ofThisProcess links from a row of processes to the target's other boards.
func (t Target) ofThisProcess() []cog.Builder[dashboard.DashboardLink] {
	links := []cog.Builder[dashboard.DashboardLink]{
		t.link("Memory of this process", "go-memory", t.others(), t.Identity...),
		t.link("Goroutines of this process", "go-goroutines", t.others(), t.Identity...),
	}
	if cycles(t.Scope()).Has() {
		links = append(links, t.link("GC of this process", "go-gc", t.others(), t.Identity...))
	}
	if t.HTTP.Requests.Name != "" && !t.HTTP.Disjoint {
		links = append(links, t.link("HTTP of this process", "go-http-instances", t.others(), t.Identity...))
	}
	return links
}

func coresUsed(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("CPU",
		"Cores that each process uses. One far above the others: a hot request or a busy loop. CPU saturation, on the goroutines board, "+
			"compares it with the cores that it may use.",
		panel.Cores.Of(s.Rate(golang.ProcessCPUSecondsTotal)))
}

// footprint is the memory of a process, its name and its meaning: the system's figure, or else Go's.
func footprint(s promql.Scope) (name, means string, held promql.Expr) {
	if resident := s.Value(golang.ProcessResidentMemoryBytes); resident.Has() {
		return "Resident memory", "Memory that the process occupies, close to what the OOM killer sees.", resident
	}
	return "Go-managed memory", "Memory that the Go runtime holds and has not returned; what C code has is not in it.", goManaged(s)
}

func memoryHeld(s promql.Scope) *timeseries.PanelBuilder {
	name, means, held := footprint(s)
	return panel.TimeSeries(name,
		means+" Rising for hours under flat traffic is a leak: open the memory board.",
		held)
}

func firingAlerts(t Target) *dashboard.PanelBuilder {
	return panel.Alerts("Alerts",
		"Alerts of this service that fire or are pending. The description of each says what it means and what to do.",
		promql.Selector(promql.MatchEqual(metric.JobLabel, t.Job)))
}

// downShare is the share of the service's processes that cannot be scraped, separately for each cluster.
func (t Target) downShare(s promql.Scope) promql.Expr {
	up := s.Value(metric.Up)
	all := up.Count(t.serviceLabels()...)
	return up.Eq(promql.Number(0)).Count(t.serviceLabels()...).OrZero(all).Div(all)
}

func down(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Instances down",
		"Share of the instances that Prometheus cannot scrape. All at once: the network or the last deployment. One: look at its log.",
		panel.Share.Of(t.downShare(t.Scope())).Steps(downYellow, downRed))
}

// restartsOver is long enough to distinguish a crash loop from a deployment.
const restartsOver = 15 * time.Minute

// restarts counts how often a process restarted.
func (t Target) restarts(s promql.Scope) promql.Expr {
	return resets(s.Over(t.lasting(restartsOver)))
}

func restarted(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Restarts",
		"How often each process restarted in the last "+t.spoken(restartsOver)+". Three are a crash loop: read the end of its log, and look for OOM "+
			"kills.",
		panel.Number.Of(t.restarts(t.Scope())).Steps(restartsYellow, restartsRed))
}
