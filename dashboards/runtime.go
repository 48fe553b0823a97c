package dashboards

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/promql"
)

// What boards and alerts say of a process, in the words of the instrumentation that the target has: client_golang's
// collectors first, then OpenTelemetry's current names, then its older ones. What none of them has is left out.

// perProcess is one series for each process of those that OpenTelemetry tells apart by its scope labels. While a process
// changes from one version of the instrumentation to the next, both are there for a while: they are not two of anything.
func perProcess(s promql.Scope, e promql.Expr) promql.Expr { return e.Max(s.Process()...) }

// allTogether adds up, for each process, what is split by more than scope labels, and what has grown in all.
func allTogether(s promql.Scope, e promql.Expr) promql.Expr { return e.Sum(s.Process()...) }

// valueOf is the first of some gauges that the target has, by process.
func valueOf(s promql.Scope, client metric.Gauge, otel ...metric.Gauge) promql.Expr {
	ways := []promql.Expr{s.Value(client)}
	for _, g := range otel {
		ways = append(ways, perProcess(s, s.Value(g)))
	}
	return promql.First(ways...)
}

// rateOf is how fast the first of some counters that the target has grows, by process.
func rateOf(s promql.Scope, client metric.Counter, otel ...metric.Counter) promql.Expr {
	ways := []promql.Expr{s.Rate(client)}
	for _, c := range otel {
		ways = append(ways, allTogether(s, s.Rate(c)))
	}
	return promql.First(ways...)
}

func goroutineCount(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoGoroutines, app.GoGoroutineCount, app.ProcessRuntimeGoGoroutines)
}

// processors are the cores that the scheduler may use.
func processors(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoSchedGomaxprocsThreads, app.GoProcessorLimit)
}

// schedulerWait is how long all but a share of the runnable goroutines wait at most.
func schedulerWait(s promql.Scope, share float64, by ...metric.Label) promql.Expr {
	return promql.First(
		s.Quantile(share, app.GoSchedLatenciesSeconds, by...),
		otelSchedulerWait(s, share, by...))
}

func memoryLimit(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoGCGomemlimitBytes, GoMemoryLimitBytes).IfSet()
}

// limitUse is live heap over GOMEMLIMIT, by process. What the process holds would not do: with GOGC=off it fills the limit
// by design.
func limitUse(s promql.Scope) promql.Expr { return s.Value(app.GoGCHeapLiveBytes).Div(memoryLimit(s)) }

// goManaged is what the runtime holds and has not returned to the system.
func goManaged(s promql.Scope) promql.Expr {
	return promql.First(
		s.Value(app.GoMemstatsSysBytes).Sub(s.Value(app.GoMemstatsHeapReleasedBytes)),
		allTogether(s, s.Value(app.GoMemoryUsedBytes)))
}

// heapHeld is what the runtime holds for the heap and has not returned.
func heapHeld(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoMemstatsHeapSysBytes, app.ProcessRuntimeGoMemHeapSysBytes).
		Sub(valueOf(s, app.GoMemstatsHeapReleasedBytes, app.ProcessRuntimeGoMemHeapReleasedBytes))
}

func heapAllocated(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoMemstatsHeapAllocBytes, app.ProcessRuntimeGoMemHeapAllocBytes)
}

func heapInUse(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoMemstatsHeapInuseBytes, app.ProcessRuntimeGoMemHeapInuseBytes)
}

func heapIdle(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoMemstatsHeapIdleBytes, app.ProcessRuntimeGoMemHeapIdleBytes).
		Sub(valueOf(s, app.GoMemstatsHeapReleasedBytes, app.ProcessRuntimeGoMemHeapReleasedBytes))
}

func heapGoal(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoMemstatsNextGCBytes, app.GoMemoryGCGoalBytes).IfSet()
}

func heapObjects(s promql.Scope) promql.Expr {
	return valueOf(s, app.GoMemstatsHeapObjects, app.ProcessRuntimeGoMemHeapObjects)
}

func stackInUse(s promql.Scope) promql.Expr {
	return promql.First(
		s.Value(app.GoMemstatsStackInuseBytes),
		perProcess(s, s.Where(promql.Is(app.LabelGoMemoryType, "stack")).Value(app.GoMemoryUsedBytes)))
}

func bytesAllocated(s promql.Scope) promql.Expr {
	return rateOf(s, app.GoMemstatsAllocBytesTotal, app.GoMemoryAllocatedBytesTotal)
}

func objectsAllocated(s promql.Scope) promql.Expr {
	return rateOf(s, app.GoMemstatsMallocsTotal, app.GoMemoryAllocationsTotal)
}

// cycles is how often a process collects, by process. The pauses would count each cycle twice.
func cycles(s promql.Scope) promql.Expr {
	return rateOf(s, app.GoGCDurationSeconds.Count(), app.ProcessRuntimeGoGCCountTotal)
}

// pauseMean is how long a collection stops the world on average. OpenTelemetry's own buckets end at ten microseconds, below
// any pause, so there is no quantile of it.
func pauseMean(s promql.Scope) promql.Expr {
	return promql.First(
		s.Rate(app.GoGCDurationSeconds.Sum()).Div(s.Rate(app.GoGCDurationSeconds.Count())),
		meanOf(s, app.ProcessRuntimeGoGCPauseNsNanoseconds))
}

// meanOf is the mean of a histogram's observations in base units, by process.
func meanOf(s promql.Scope, h metric.Histogram) promql.Expr {
	return allTogether(s, s.Rate(h.Sum())).Div(allTogether(s, s.Rate(h.Count()))).Base()
}

// resets counts how often a process began anew, by a counter that begins anew with it. Not by its start time, which wobbles by
// a second.
func resets(s promql.Scope) promql.Expr {
	return promql.First(
		s.Resets(app.ProcessCPUSecondsTotal),
		perProcess(s, s.Resets(app.GoMemoryAllocatedBytesTotal)),
		perProcess(s, s.Resets(app.RuntimeUptimeMillisecondsTotal)))
}
