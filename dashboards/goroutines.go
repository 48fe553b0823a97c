package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/gauge"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// Goroutines shows goroutines, the scheduler that runs them, and the threads and descriptors that they hold.
func Goroutines(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.Scope()
	return t.Board("go-goroutines", "Go / Goroutines and scheduler", "Do goroutines leak, or wait for a CPU, a lock or a thread?").
		Row("Now").
		Line(4, allGoroutines(s), goroutineGrowth(t), mostThreads(s), gomaxprocs(s), schedulerP99(s), descriptors(s)).
		Row("Goroutines").
		Line(8, goroutines(goroutineCount(s)), goroutinesByState(s)).
		Line(8, goroutinesCreated(s), lockWait(s)).
		Row("Scheduler").
		Line(8, schedulerLatency(t, schedulerWait), cpuSaturation(s)).
		Row("Threads and descriptors").
		Line(8, threads(s), descriptorsOpen(s))
}

func allGoroutines(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Goroutines",
		"Of all chosen processes together. Look at the single processes below before acting.",
		goroutineCount(s).Sum())
}

func goroutineGrowth(t Target) *stat.PanelBuilder {
	return panel.Stat("Goroutine growth",
		"Growth of the lowest number of goroutines in "+t.spoken(goroutineLeak.over)+", against "+t.spoken(goroutineLeak.since)+" earlier, in "+
			"the process that gains most. Red under flat traffic is a leak: look at /debug/pprof/goroutine?debug=1.",
		panel.Share.Of(t.growth(goroutineLeak)(t.Scope()).Max()).Steps(goroutinesYellow, goroutinesRed)).
		Decimals(0).
		NoValue(t.history(goroutineLeak) + " of history needed")
}

func mostThreads(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("OS threads",
		"Of the process with most. The runtime aborts at 10,000: find the blocking system calls, cgo or DNS look-ups behind them.",
		panel.Of(s.Value(golang.GoThreads).Max()).Steps(threadsYellow, threadsRed))
}

func gomaxprocs(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("GOMAXPROCS",
		"Cores that the scheduler may use, in the process with fewest. Since Go 1.25 it follows the container's CPU limit: lower than "+
			"expected, check that limit.",
		panel.Cores.Of(processors(s).Min()))
}

// schedulerWaitP99 is how long 99% of the runnable goroutines wait at most, by process.
func schedulerWaitP99(s promql.Scope) promql.Expr { return schedulerWait(s, 0.99, s.Process()...) }

func schedulerP99(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Scheduler latency p99",
		"How long runnable goroutines of the worst process wait for a CPU. Buckets are a factor of ten wide: read the order of "+
			"magnitude only. Red: too little CPU for the work.",
		panel.Of(schedulerWaitP99(s).Max()).Steps(schedulerYellow, schedulerRed))
}

// descriptorsUse is the share of file descriptors in use, by process.
func descriptorsUse(s promql.Scope) promql.Expr {
	return s.Value(golang.ProcessOpenFDs).Div(s.Value(golang.ProcessMaxFDs))
}

func descriptors(s promql.Scope) *gauge.PanelBuilder {
	return panel.Gauge("File descriptors in use",
		"In the worst process. At 100% neither accepting nor dialling works: look for response bodies and files that nobody closes.",
		panel.Of(descriptorsUse(s).Max()).Steps(descriptorsYellow, descriptorsRed))
}

func goroutines(count promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines by process",
		"Should follow the traffic down again. Rising while traffic is flat is a leak: look at /debug/pprof/goroutine?debug=1.",
		count)
}

func goroutinesByState(s promql.Scope) *timeseries.PanelBuilder {
	sum := func(g metric.Gauge) promql.Expr { return s.Value(g).Sum() }
	return panel.Stacked("Goroutines by state",
		"Runnable many: too little CPU. Waiting many: a leak or a slow dependency. In system calls or C many: threads will follow.",
		panel.Named("running", sum(golang.GoSchedGoroutinesRunningGoroutines)),
		panel.Named("runnable", sum(golang.GoSchedGoroutinesRunnableGoroutines)),
		panel.Named("waiting", sum(golang.GoSchedGoroutinesWaitingGoroutines)),
		panel.Named("in system calls or C", sum(golang.GoSchedGoroutinesNotInGoGoroutines)))
}

func goroutinesCreated(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines created",
		"Churn: how many are started each second. Far more than requests: a pool may be cheaper.",
		panel.PerSecondOf("goroutines").Of(s.Rate(golang.GoSchedGoroutinesCreatedGoroutinesTotal)))
}

func lockWait(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines waiting for locks",
		"How many wait for a mutex on average. Rising with latency: look at the mutex profile.",
		panel.Number.Of(s.Rate(golang.GoSyncMutexWaitTotalSecondsTotal)))
}

// waiting is how long the given share of the runnable goroutines waits at most.
type waiting func(s promql.Scope, share float64, by ...metric.Label) promql.Expr

func schedulerLatency(t Target, wait waiting) *timeseries.PanelBuilder {
	s, apart := t.Scope(), t.clusterLabels()
	return panel.Logarithmic("Scheduler latency",
		"How long runnable goroutines wait for a CPU, over all processes. Rises before the CPU reads 100% where a container is "+
			"throttled.",
		panel.Named("p50", wait(s, 0.5, apart...)),
		panel.Named("p99", wait(s, 0.99, apart...)).Steps(schedulerYellow, schedulerRed))
}

func cpuSaturation(s promql.Scope) *timeseries.PanelBuilder {
	used := s.Rate(golang.ProcessCPUSecondsTotal)
	return panel.TimeSeries("CPU saturation",
		"Cores used over cores allowed. Above the yellow line each further request waits.",
		panel.Share.Of(used.Div(processors(s))).Steps(cpuYellow, cpuRed))
}

func threads(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("OS threads by process",
		"Far above GOMAXPROCS (dashed): blocking system calls, cgo, DNS look-ups through C. Threads are never given back.",
		s.Value(golang.GoThreads),
		panel.Named("GOMAXPROCS (largest)", processors(s).Max()).Dashed())
}

func descriptorsOpen(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("File descriptors by process",
		"Share of the limit that is taken. Climbing under flat traffic: bodies, files or connections that nobody closes.",
		panel.Share.Of(descriptorsUse(s)).Steps(descriptorsYellow, descriptorsRed))
}
