package dashboards

import (
	"fmt"

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
		"The sum of all chosen processes. Look at the single processes below before acting.",
		goroutineCount(s).Sum())
}

func goroutineGrowth(t Target) *stat.PanelBuilder {
	return panel.Stat("Goroutine growth",
		"How much the lowest number of goroutines of "+t.spoken(goroutineLeak.over)+" grew in "+t.spoken(goroutineLeak.since)+", in the "+
			"process where it grew most. "+fmt.Sprintf("Below %.0f it counts as 0%%", goroutineLeak.small)+". Red under flat traffic is a leak: look at /debug/pprof/goroutine?debug=1.",
		panel.Share.Of(t.growthOfLarge(goroutineLeak, t.Scope()).Max()).Steps(goroutinesYellow, goroutinesRed)).
		Decimals(0).
		NoValue(t.history(goroutineLeak) + " of history needed")
}

func mostThreads(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("OS threads",
		"In the process with most threads. The runtime aborts at 10,000: find the blocking system calls, C calls or DNS look-ups behind them.",
		panel.Of(s.Value(golang.GoThreads).Max()).Steps(threadsYellow, threadsRed))
}

func gomaxprocs(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("GOMAXPROCS",
		"Cores that the scheduler may use, in the process with fewest. Since Go 1.25 it follows the container's CPU limit: check that limit if "+
			"it is lower than expected.",
		panel.Cores.Of(processors(s).Min()))
}

// schedulerWaitP99 is how long 99% of the runnable goroutines wait at most, by process.
func schedulerWaitP99(s promql.Scope) promql.Expr { return schedulerWait(s, 0.99, s.Process()...) }

func schedulerP99(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Scheduler latency p99",
		"How long runnable goroutines of the worst process wait for a CPU. Buckets are a factor of ten wide: only the order of magnitude "+
			"counts. Red: too little CPU for the work.",
		panel.Of(schedulerWaitP99(s).Max()).Steps(schedulerYellow, schedulerRed))
}

// descriptorsUse is the share of file descriptors in use, by process.
func descriptorsUse(s promql.Scope) promql.Expr {
	return s.Value(golang.ProcessOpenFDs).Div(s.Value(golang.ProcessMaxFDs))
}

func descriptors(s promql.Scope) *gauge.PanelBuilder {
	return panel.Gauge("File descriptors in use",
		"In the worst process. At 100% it can open no more connections and files: look for response bodies and files that nobody closes.",
		panel.Of(descriptorsUse(s).Max()).Steps(descriptorsYellow, descriptorsRed))
}

func goroutines(count promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines by process",
		"Should fall again with the traffic. If it rises while traffic is flat, goroutines leak: look at /debug/pprof/goroutine?debug=1.",
		count)
}

func goroutinesByState(s promql.Scope) *timeseries.PanelBuilder {
	sum := func(g metric.Gauge) promql.Expr { return s.Value(g).Sum() }
	return panel.Stacked("Goroutines by state",
		"Many runnable: too little CPU. Many waiting: a leak or a slow dependency. Many in system calls or C: threads will follow.",
		panel.Named("running", sum(golang.GoSchedGoroutinesRunningGoroutines)),
		panel.Named("runnable", sum(golang.GoSchedGoroutinesRunnableGoroutines)),
		panel.Named("waiting", sum(golang.GoSchedGoroutinesWaitingGoroutines)),
		panel.Named("in system calls or C", sum(golang.GoSchedGoroutinesNotInGoGoroutines)))
}

func goroutinesCreated(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines created",
		"How many goroutines start each second. If there are far more than requests, a pool may be cheaper.",
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
		"How long runnable goroutines wait for a CPU, over all processes. In a throttled container it rises before the CPU reads 100%.",
		panel.Named("p50", wait(s, 0.5, apart...)),
		panel.Named("p99", wait(s, 0.99, apart...)).Steps(schedulerYellow, schedulerRed))
}

func cpuSaturation(s promql.Scope) *timeseries.PanelBuilder {
	used := s.Rate(golang.ProcessCPUSecondsTotal)
	return panel.TimeSeries("CPU saturation",
		"Cores used, as a share of the cores allowed. Above the yellow line each further request waits.",
		panel.Share.Of(used.Div(processors(s))).Steps(cpuYellow, cpuRed))
}

func threads(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("OS threads by process",
		"Far above GOMAXPROCS (dashed): blocking system calls, C calls or DNS look-ups through C. The runtime never gives threads back.",
		s.Value(golang.GoThreads),
		panel.Named("GOMAXPROCS (largest)", processors(s).Max()).Dashed())
}

func descriptorsOpen(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("File descriptors by process",
		"Share of the limit in use. Climbing under flat traffic: response bodies, files or connections that nobody closes.",
		panel.Share.Of(descriptorsUse(s)).Steps(descriptorsYellow, descriptorsRed))
}
