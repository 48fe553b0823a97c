package dashboards

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/promql"
	"slices"
)

// The quantities of a process for boards and alerts, by the names of the target's instrumentation: client_golang's
// collectors first, then OpenTelemetry's current names, then its older ones. A quantity that none of them has is left
// out.

// perProcess is one series for each process. OpenTelemetry splits it by scope labels: while a process changes from
// one version of the instrumentation to the next, both exist for a while, but they count once.
func perProcess(s promql.Scope, e promql.Expr) promql.Expr { return e.Max(s.Process()...) }

// allTogether adds up, for each process, series that are split by more than scope labels.
func allTogether(s promql.Scope, e promql.Expr) promql.Expr { return e.Sum(s.Process()...) }

// The names of quantities that are used in two places, by instrumentation.
var (
	goroutineNames = []metric.Gauge{golang.GoGoroutines, golang.GoGoroutineCount, golang.ProcessRuntimeGoGoroutines}
	heapInUseNames = []metric.Gauge{golang.GoMemstatsHeapInuseBytes, golang.ProcessRuntimeGoMemHeapInuseBytes}
)

// byProcess is one value of a gauge for each process.
func byProcess(s promql.Scope, g metric.Gauge, e promql.Expr) promql.Expr {
	switch {
	case len(g.Labels) == 0:
		return e
	case slices.Contains(g.Labels, golang.LabelGoMemoryType):
		return allTogether(s, e)
	}
	return perProcess(s, e)
}

// valueOf is the first of some gauges that the target has, by process.
func valueOf(s promql.Scope, names ...metric.Gauge) promql.Expr {
	ways := make([]promql.Expr, len(names))
	for i, g := range names {
		ways[i] = byProcess(s, g, s.Value(g))
	}
	return promql.First(ways...)
}

// rateOf is the rate of the first of some counters that the target has, by process.
func rateOf(s promql.Scope, client metric.Counter, otel ...metric.Counter) promql.Expr {
	ways := []promql.Expr{s.Rate(client)}
	for _, c := range otel {
		ways = append(ways, allTogether(s, s.Rate(c)))
	}
	return promql.First(ways...)
}

func goroutineCount(s promql.Scope) promql.Expr {
	return valueOf(s, goroutineNames...)
}

// processors are the cores that the scheduler may use.
func processors(s promql.Scope) promql.Expr {
	return valueOf(s, golang.GoSchedGomaxprocsThreads, golang.GoProcessorLimit)
}

// schedulerWait is how long the given share of the runnable goroutines waits at most.
func schedulerWait(s promql.Scope, share float64, by ...metric.Label) promql.Expr {
	return promql.First(
		s.HistogramQuantile(share, golang.GoSchedLatenciesSeconds, by...),
		otelSchedulerWait(s, share, by...))
}

func memoryLimit(s promql.Scope) promql.Expr {
	return valueOf(s, golang.GoGCGomemlimitBytes, golang.GoMemoryLimitBytes).IfSet()
}

// limitUse is live heap over GOMEMLIMIT, by process. What the process holds does not fit: with GOGC=off it fills the
// limit by design.
func limitUse(s promql.Scope) promql.Expr {
	return s.Value(golang.GoGCHeapLiveBytes).Div(memoryLimit(s))
}

// goManaged is what the runtime holds and has not returned to the system.
func goManaged(s promql.Scope) promql.Expr {
	return promql.First(
		s.Value(golang.GoMemstatsSysBytes).Sub(s.Value(golang.GoMemstatsHeapReleasedBytes)),
		allTogether(s, s.Value(golang.GoMemoryUsedBytes)))
}

// heapHeld is what the runtime holds for the heap and has not returned.
func heapHeld(s promql.Scope) promql.Expr {
	return valueOf(s, golang.GoMemstatsHeapSysBytes, golang.ProcessRuntimeGoMemHeapSysBytes).
		Sub(valueOf(s, golang.GoMemstatsHeapReleasedBytes, golang.ProcessRuntimeGoMemHeapReleasedBytes))
}

func heapAllocated(s promql.Scope) promql.Expr {
	return valueOf(s, golang.GoMemstatsHeapAllocBytes, golang.ProcessRuntimeGoMemHeapAllocBytes)
}

func heapInUse(s promql.Scope) promql.Expr {
	return valueOf(s, heapInUseNames...)
}

func heapIdle(s promql.Scope) promql.Expr {
	return valueOf(s, golang.GoMemstatsHeapIdleBytes, golang.ProcessRuntimeGoMemHeapIdleBytes).
		Sub(valueOf(s, golang.GoMemstatsHeapReleasedBytes, golang.ProcessRuntimeGoMemHeapReleasedBytes))
}

func heapGoal(s promql.Scope) promql.Expr {
	return valueOf(s, golang.GoMemstatsNextGCBytes, golang.GoMemoryGCGoalBytes).IfSet()
}

func heapObjects(s promql.Scope) promql.Expr {
	return valueOf(s, golang.GoMemstatsHeapObjects, golang.ProcessRuntimeGoMemHeapObjects)
}

func stackInUse(s promql.Scope) promql.Expr {
	return promql.First(
		s.Value(golang.GoMemstatsStackInuseBytes),
		perProcess(s, s.Where(promql.MatchEqual(golang.LabelGoMemoryType, "stack")).Value(golang.GoMemoryUsedBytes)))
}

func bytesAllocated(s promql.Scope) promql.Expr {
	return rateOf(s, golang.GoMemstatsAllocBytesTotal, golang.GoMemoryAllocatedBytesTotal)
}

func objectsAllocated(s promql.Scope) promql.Expr {
	return rateOf(s, golang.GoMemstatsMallocsTotal, golang.GoMemoryAllocationsTotal)
}

// cycles is the number of collections a second, by process. Pauses would count each cycle twice.
func cycles(s promql.Scope) promql.Expr {
	return rateOf(s, golang.GoGCDurationSeconds.Count(), golang.ProcessRuntimeGoGCCountTotal)
}

// pauseMean is the mean time that a collection stops the world. OpenTelemetry's own buckets end at ten microseconds,
// below any pause, so there is no quantile of it.
func pauseMean(s promql.Scope) promql.Expr {
	return promql.First(
		s.Rate(golang.GoGCDurationSeconds.Sum()).Div(s.Rate(golang.GoGCDurationSeconds.Count())),
		meanOf(s, golang.ProcessRuntimeGoGCPauseNsNanoseconds))
}

// meanOf is the mean of a histogram's observations in base units, by process.
func meanOf(s promql.Scope, h metric.Histogram) promql.Expr {
	return allTogether(s, s.Rate(h.Sum())).Div(allTogether(s, s.Rate(h.Count()))).Base()
}

// resets counts restarts of a process by a counter that restarts with it. Its start time does not work: it varies by
// a second.
func resets(s promql.Scope) promql.Expr {
	return promql.First(
		s.Resets(golang.ProcessCPUSecondsTotal),
		perProcess(s, s.Resets(golang.GoMemoryAllocatedBytesTotal)),
		perProcess(s, s.Resets(golang.RuntimeUptimeMillisecondsTotal)))
}
