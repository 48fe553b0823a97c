package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// OTel shows the Go runtime by OpenTelemetry's current and older names, for readers who know those names. The other
// boards show the same processes by whatever names the target has.
func OTel(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.Scope()
	return t.Board("go-otel", "Go / OpenTelemetry", "What do OpenTelemetry's runtime metrics say of the processes?").
		Row("Now").
		Line(4, otelGoroutines(s), otelMemory(s), gogc(s.Value(golang.GoConfigGogcPercent)), otelProcessors(s)).
		Row("Current names").
		Line(8, memoryByType(s), otelHeapGoal(s)).
		Line(8, allocationRate(allTogether(s, s.Rate(golang.GoMemoryAllocatedBytesTotal))), otelAllocations(s)).
		Line(8, goroutines(perProcess(s, s.Value(golang.GoGoroutineCount))), schedulerLatency(t, otelSchedulerWait)).
		Row("Older names: process_runtime_go_*").
		Line(8, olderHeap(s), olderHeapReturned(s), olderObjects(s)).
		Line(8, olderGoroutines(s), olderCycles(s), olderPause(s)).
		Line(7, pauseShare(olderStopped(s)), cgoCalls(olderCGOCalls(s))).
		Row("Older names without units").
		Line(8, unsuffixedHeap(s), unsuffixedHeapReturned(s), unsuffixedPause(s))
}

func otelGoroutines(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Goroutines",
		"The sum of all chosen processes. Unlike client_golang's go_goroutines, it includes the goroutines of the runtime itself. Look at "+
			"the single processes below before acting.",
		s.Value(golang.GoGoroutineCount).Sum())
}

func otelMemory(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Memory in use",
		"In the process that holds most, without what it returned to the system. Rising for hours under flat traffic is a leak: take two "+
			"heap profiles and compare them.",
		allTogether(s, s.Value(golang.GoMemoryUsedBytes)).Max())
}

func otelProcessors(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("GOMAXPROCS",
		"Cores that the scheduler may use, in the process with fewest. Check the container's CPU limit if it is lower than expected.",
		panel.Cores.Of(s.Value(golang.GoProcessorLimit).Min()))
}

// memoryByType adds up to what the runtime holds and has not returned.
func memoryByType(s promql.Scope) *timeseries.PanelBuilder {
	kind := func(name string) promql.Expr {
		return s.Where(promql.MatchEqual(golang.LabelGoMemoryType, name)).Value(golang.GoMemoryUsedBytes).Sum()
	}
	return panel.Stacked("Memory by type",
		"What the Go runtime holds and has not returned. Stacks growing: goroutines leak. The rest growing: the heap does; take two heap "+
			"profiles and compare them.",
		panel.Named("heap and all else", kind("other")), panel.Named("stacks", kind("stack")))
}

func otelHeapGoal(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC heap goal",
		"How large the heap may become before the next collection ends. If it climbs, the program holds on to more and more.",
		perProcess(s, s.Value(golang.GoMemoryGCGoalBytes).IfSet()))
}

func otelAllocations(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Objects allocated",
		"Many objects with few bytes: small values escape to the heap, such as boxed values and closures.",
		panel.PerSecondOf("objects").Of(allTogether(s, s.Rate(golang.GoMemoryAllocationsTotal))))
}

func olderHeap(s promql.Scope) *timeseries.PanelBuilder {
	return heapUse("Heap", perProcess(s, s.Value(golang.ProcessRuntimeGoMemHeapAllocBytes)),
		perProcess(s, s.Value(golang.ProcessRuntimeGoMemHeapInuseBytes)))
}

func unsuffixedHeap(s promql.Scope) *timeseries.PanelBuilder {
	return heapUse("Heap (no units)", perProcess(s, s.Value(bytes(golang.ProcessRuntimeGoMemHeapAlloc))),
		perProcess(s, s.Value(bytes(golang.ProcessRuntimeGoMemHeapInuse))))
}

func heapUse(title string, allocated, inUse promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries(title,
		"Bytes in objects, garbage included, and bytes in spans that hold them (dashed). In use far above allocated for long is fragmentation.",
		allocated, panel.Named("in use", inUse).Beside())
}

func olderHeapReturned(s promql.Scope) *timeseries.PanelBuilder {
	return heapIdleness("Heap: idle and returned", s.Value(golang.ProcessRuntimeGoMemHeapIdleBytes).Sum(),
		s.Value(golang.ProcessRuntimeGoMemHeapReleasedBytes).Sum(), s.Value(golang.ProcessRuntimeGoMemHeapSysBytes).Sum())
}

func unsuffixedHeapReturned(s promql.Scope) *timeseries.PanelBuilder {
	return heapIdleness("Heap: idle and returned (no units)", s.Value(bytes(golang.ProcessRuntimeGoMemHeapIdle)).Sum(),
		s.Value(bytes(golang.ProcessRuntimeGoMemHeapReleased)).Sum(), s.Value(bytes(golang.ProcessRuntimeGoMemHeapSys)).Sum())
}

func heapIdleness(title string, idle, released, system promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries(title,
		"Heap memory without objects, how much of it was returned to the system, and all that was ever reserved (dashed), of all "+
			"processes. Idle far above returned for hours: a peak that is long over still takes memory.",
		panel.Named("idle", idle), panel.Named("returned", released), panel.Named("reserved", system).Dashed())
}

// bytes adds the unit that a name does not have.
func bytes(g metric.Gauge) metric.Gauge {
	g.Unit = metric.Bytes
	return g
}

func olderObjects(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Objects on the heap",
		"If their lowest number climbs with the heap, many small objects leak. If only the heap climbs, a few large ones do.",
		perProcess(s, s.Value(golang.ProcessRuntimeGoMemHeapObjects)),
		panel.Named("allocated and not freed", perProcess(s, s.Value(golang.ProcessRuntimeGoMemLiveObjects))).Beside())
}

func olderGoroutines(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines (older name)",
		"Should fall again with the traffic. If it rises while traffic is flat, goroutines leak: look at /debug/pprof/goroutine?debug=1.",
		perProcess(s, s.Value(golang.ProcessRuntimeGoGoroutines)))
}

func olderCycles(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC cycles",
		"Collections a minute. They follow the allocation rate over the heap's size. A jump without traffic: the heap is near its limit.",
		panel.PerMinuteOf("cycles").Of(allTogether(s, s.Rate(golang.ProcessRuntimeGoGCCountTotal))))
}

func olderPause(s promql.Scope) *timeseries.PanelBuilder {
	return otelPause("GC pause, mean", s, golang.ProcessRuntimeGoGCPauseNsNanoseconds)
}

func unsuffixedPause(s promql.Scope) *timeseries.PanelBuilder {
	pauses := golang.ProcessRuntimeGoGCPauseNs
	pauses.Unit = metric.Nanoseconds
	return otelPause("Mean GC pause (no units)", s, pauses)
}

func otelPause(title string, s promql.Scope, pauses metric.Histogram) *timeseries.PanelBuilder {
	return panel.TimeSeries(title,
		"How long a collection stops the world, the mean over five minutes. There is no quantile: the histogram's buckets end at ten "+
			"microseconds, below any pause.",
		panel.Of(meanOf(s.Over(promql.Lasting(runtimeWindow)), pauses)).Steps(pauseYellow, pauseRed))
}

func otelSchedulerWait(s promql.Scope, share float64, by ...metric.Label) promql.Expr {
	return s.HistogramQuantile(share, golang.GoScheduleDurationSeconds, by...)
}

func olderStopped(s promql.Scope) promql.Expr {
	return allTogether(s, s.Rate(golang.ProcessRuntimeGoGCPauseNsNanosecondsTotal)).Base()
}

// olderCGOCalls is the slope of a growing gauge: OpenTelemetry exposes this counter as a gauge.
func olderCGOCalls(s promql.Scope) promql.Expr {
	return perProcess(s, s.Deriv(golang.ProcessRuntimeGoCGOCalls))
}
