package dashboards

import (
	"slices"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/gauge"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// Overview is where a reader starts.
func Overview(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.scope()
	return t.board("go-overview", "Go / Overview", "Is the service well, and if not, which board tells why?").
		Row("Now").
		Line(4, instancesDown(s), requestRate(t), serverErrorRatio(t), p95(t), memoryLimitUse(t), gcCPU(t)).
		Row("Instances").
		Line(7, instances(t)).
		Row("Over time").
		Line(8, statusClasses(t.HTTP, t.requests()), coresUsed(s)).
		Line(8, residentMemory(s), firingAlerts(t)).
		Line(6, down(t), restarted(t))
}

func instancesDown(s promql.Scope) *stat.PanelBuilder {
	up := s.Value(metric.Up)
	return panel.Stat("Down",
		"Targets that Prometheus cannot scrape. Above zero: check process, port and network before reading any other panel. "+
			"\"no target\": Prometheus knows of none, check its configuration.",
		panel.Number, panel.Named("", up.Is(0).Count().OrZero(up.Count())).ZeroIsGood()).
		NoValue("no target")
}

func requestRate(t Target) *stat.PanelBuilder {
	return panel.Stat("Request rate",
		"Requests a second, probes left out. A sudden drop is as bad as a spike: look who stopped calling.",
		panel.Requests, panel.Named("", t.HTTP.rate(t.requests()))).
		DataLinks(t.to("go-http"))
}

func serverErrorRatio(t Target) *stat.PanelBuilder {
	return panel.Stat("Server errors (5xx)",
		"Share of requests answered 5xx. Above 1%: open the HTTP board and look at the errors by path.",
		panel.Share, panel.Named("", t.HTTP.errorRatio(t.requests(), serverError)).Steps(serverErrorsYellow, serverErrorsRed)).
		DataLinks(t.to("go-http")).
		NoValue(noRequests)
}

func p95(t Target) *stat.PanelBuilder {
	return panel.Stat("p95 latency",
		"95% of requests were faster. Yellow begins at the objective; open the HTTP board to see which path is slow.",
		panel.Auto, panel.Named("", measured(t.HTTP.latency(t.requests(), 0.95))).Steps(t.SLO.Latency.Seconds(), latencyRed)).
		DataLinks(t.to("go-http")).
		NoValue(noRequests)
}

func memoryLimitUse(t Target) *gauge.PanelBuilder {
	return panel.Gauge("Memory limit in use",
		"Live heap over GOMEMLIMIT in the worst instance. Near 100% the collector does nothing but collect: raise the limit or find "+
			"what grows on the memory board.",
		panel.Named("", limitUse(t.scope()).Max()).Steps(memoryLimitYellow, memoryLimitRed)).
		DataLinks(t.to("go-memory")).
		NoValue("GOMEMLIMIT not set")
}

func instances(t Target) *table.PanelBuilder {
	s, id := t.scope(), t.Identity
	cpu := s.Rate(app.ProcessCPUSecondsTotal).Sum(id...)
	return panel.Table("Instances",
		"One row a process. Uptime that starts again and again is a crash loop; a row unlike the others is where to look. A click on "+
			"a row opens the other boards for that process alone.",
		panel.Col("State", panel.Number, s.Value(metric.Up).Max(id...)).Words("down", "up"),
		panel.Info("Go", app.LabelVersion, s.Value(app.GoInfo).Max(append(slices.Clone(id), app.LabelVersion)...)),
		panel.Col("Uptime", panel.Duration, s.Since(app.ProcessStartTimeSeconds).Max(id...)),
		panel.Col("Resident memory", panel.Auto, s.Value(app.ProcessResidentMemoryBytes).Max(id...)),
		panel.Col("Goroutines", panel.Auto, s.Value(app.GoGoroutines).Max(id...)),
		panel.Col("File descriptors", panel.Share, descriptorsUse(s).Max(id...)).Steps(descriptorsYellow, descriptorsRed),
		panel.Col("CPU", panel.Cores, cpu)).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{
			t.link("Memory of this process", "go-memory", id...),
			t.link("Goroutines of this process", "go-goroutines", id...),
			t.link("GC of this process", "go-gc", id...),
			t.link("HTTP of this process", "go-http", id...),
		})
}

func coresUsed(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("CPU",
		"Cores used by each process against the cores that the Go scheduler may use in the process with fewest. At the dashed line "+
			"its work queues up: see the scheduler's latency on the goroutines board.",
		panel.Cores,
		panel.Named("", s.Rate(app.ProcessCPUSecondsTotal)),
		panel.Named("GOMAXPROCS (smallest)", s.Value(app.GoSchedGomaxprocsThreads).Min()).Dashed())
}

func residentMemory(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Resident memory",
		"Memory that the process occupies, close to what the OOM killer sees. Rising for hours under flat traffic is a leak: open the "+
			"memory board.",
		panel.Auto, panel.Named("", s.Value(app.ProcessResidentMemoryBytes)))
}

func firingAlerts(t Target) *dashboard.PanelBuilder {
	return panel.Alerts("Alerts",
		"Alerts of this service that fire or are about to. Each names its page in dashboards/runbooks, which says what to do.",
		promql.Selector(promql.Is(metric.JobLabel, t.Job)))
}

// downShare is the share of the service's processes that cannot be scraped, in each cluster by itself.
func (t Target) downShare(s promql.Scope) promql.Expr {
	up := s.Value(metric.Up)
	all := up.Count(t.fleet()...)
	return up.Is(0).Count(t.fleet()...).OrZero(all).Div(all)
}

func down(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Instances down",
		"Share of the instances that Prometheus cannot scrape. All at once: the network or the last deployment; one: look at its log.",
		panel.Share, panel.Named("", t.downShare(t.scope())).Steps(downYellow, downRed))
}

// restartsOver is long enough to tell a crash loop from a deployment.
const restartsOver = 15 * time.Minute

// restarts counts how often a process began anew. By its CPU time: the start time wobbles by a second.
func (t Target) restarts(s promql.Scope) promql.Expr {
	return s.Over(t.lasting(restartsOver)).Resets(app.ProcessCPUSecondsTotal)
}

func restarted(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Restarts",
		"How often each process restarted in the last "+t.spoken(restartsOver)+". Three are a crash loop: read the end of its log, and look for OOM "+
			"kills.",
		panel.Number, panel.Named("", t.restarts(t.scope())).Steps(restartsYellow, restartsRed))
}
