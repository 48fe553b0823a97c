package dashboards

import (
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// GC shows the cost of garbage collection, and calls into C.
func GC(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.Scope()
	return t.Board("go-gc", "Go / GC and CGO", "What does garbage collection cost, and is it close to its limit?").
		Row("Now").
		Line(4, gcCPU(t), gcCycles(s), longestPause(s), gogc(s.Value(golang.GoGCGogcPercent)), gomemlimit(s), limiter(t)).
		Row("Cost").
		Line(8, gcCPUByProcess(s), gcCPUByKind(s), gcCyclesByProcess(s)).
		Line(8, gcPause(s), gcPauses(s)).
		Line(8, pauseShare(s.Rate(golang.GoGCDurationSeconds.Sum())), sinceLastGC(s), cleanupQueue(s)).
		Row("CGO").
		Line(7, cgoCalls(s.Rate(golang.GoCGOGoToCCallsCallsTotal)), inSyscalls(s))
}

// cpu is how many cores went into something, by the runtime's CPU accounting. It changes only when a collection runs.
func cpu(s promql.Scope, seconds metric.Counter) promql.Expr {
	return s.Over(promql.Lasting(runtimeWindow)).Rate(seconds)
}

// gcShare is the share of the CPU capacity that one kind of collecting took.
func gcShare(s promql.Scope, kind metric.Counter) promql.Expr {
	return cpu(s, kind).Div(cpu(s, golang.GoCPUClassesTotalCPUSecondsTotal))
}

// compulsoryGC is the share of the CPU capacity that collecting takes from the program, without its work in idle
// time.
func compulsoryGC(s promql.Scope) promql.Expr {
	return cpu(s, golang.GoCPUClassesGCTotalCPUSecondsTotal).Sub(cpu(s, golang.GoCPUClassesGCMarkIdleCPUSecondsTotal)).
		Div(cpu(s, golang.GoCPUClassesTotalCPUSecondsTotal))
}

func gcCPU(t Target) *stat.PanelBuilder {
	return panel.Stat("GC CPU",
		"Share of CPU capacity that garbage collection takes in the worst process, without its work in idle time. At 25% it always "+
			"runs: allocate less, or raise GOGC or GOMEMLIMIT.",
		panel.Share.Of(compulsoryGC(t.Scope()).Max()).Steps(gcCPUYellow, gcCPURed))
}

func gcCycles(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("GC cycles",
		"Collections a minute in the process that collects most often. Hundreds with a small heap: raise GOGC, or set GOMEMLIMIT.",
		panel.PerMinuteOf("cycles").Of(cycles(s).Max()))
}

func longestPause(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Longest recent pause",
		"The longest that any process stopped the world in its last 256 collections, whatever the shown range. Long with a small heap: "+
			"goroutines that cannot be preempted, or too little CPU.",
		panel.Of(s.SummaryQuantile(1, golang.GoGCDurationSeconds).Max()).Steps(pauseYellow, pauseRed))
}

func gogc(percent promql.Expr) *stat.PanelBuilder {
	return panel.Stat("GOGC",
		"How much the heap may grow between collections: the largest value of the chosen processes. 100% lets it double.",
		percent.IfSet().Max()).
		NoValue("off, or no data")
}

func gomemlimit(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("GOMEMLIMIT",
		"The smallest limit of the chosen processes. In a container, set it to about nine tenths of the memory limit.",
		s.Value(golang.GoGCGomemlimitBytes).IfSet().Min()).
		NoValue("not set, or no data")
}

// limiterOver is how long the panel shows that the limiter was on.
const limiterOver = 10 * time.Minute

// limited counts how often the runtime's CPU limiter changed, without its fall to zero at a restart.
func (t Target) limited(s promql.Scope) promql.Expr {
	moved := s.Over(t.lasting(limiterOver)).Changes(golang.GoGCLimiterLastEnabledGCCycle)
	return moved.And(s.Value(golang.GoGCLimiterLastEnabledGCCycle).Gt(promql.Number(0))).OrZero(moved)
}

func limiter(t Target) *stat.PanelBuilder {
	return panel.Stat("GC limiter active",
		"How often in the last "+t.spoken(limiterOver)+" the runtime let memory pass GOMEMLIMIT, so that collection took no more than half of "+
			"the CPU. Above zero: raise the limit or shed load, before the process does nothing but collect.",
		panel.Number.Of(t.limited(t.Scope()).Max()).ZeroIsGood())
}

func gcCPUByProcess(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC CPU by process",
		"Share of CPU capacity that collection takes from the program. One process alone: look at what it allocates. All: more load, or a "+
			"limit that is too tight.",
		panel.Share.Of(compulsoryGC(s)).Steps(gcCPUYellow, gcCPURed))
}

func gcCPUByKind(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC CPU by kind",
		"The largest share of any process, for each kind. High assist: requests do part of the collection themselves, and latency shows "+
			"it. Allocate less, or raise GOGC or GOMEMLIMIT.",
		panel.Share.Named("dedicated", gcShare(s, golang.GoCPUClassesGCMarkDedicatedCPUSecondsTotal).Max()),
		panel.Share.Named("assist", gcShare(s, golang.GoCPUClassesGCMarkAssistCPUSecondsTotal).Max()),
		panel.Share.Named("pause", gcShare(s, golang.GoCPUClassesGCPauseCPUSecondsTotal).Max()))
}

func gcCyclesByProcess(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC cycles by process",
		"Collections a minute. They follow the allocation rate over the heap's size. A jump without traffic: the heap is near its limit.",
		panel.PerMinuteOf("cycles").Of(cycles(s)))
}

func gcPause(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC pause",
		"How long a collection stops the world: the mean over five minutes, and the longest of the last 256 (dashed).",
		pauseMean(s.Over(promql.Lasting(runtimeWindow))),
		panel.Named("longest", s.SummaryQuantile(1, golang.GoGCDurationSeconds)).Beside().Steps(pauseYellow, pauseRed))
}

func gcPauses(s promql.Scope) *heatmap.PanelBuilder {
	return panel.Heatmap("GC pause distribution",
		"How many pauses took how long. Each collection has two, and the buckets are a factor of ten wide. A second band above the first: "+
			"find what runs at those times.",
		s.Buckets(golang.GoSchedPausesTotalGCSeconds))
}

func pauseShare(stopped promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries("World stopped",
		"Share of time that the world was stopped. This is not GC CPU: most marking runs while the program does.",
		panel.Share.Of(stopped).Steps(pauseShareYellow, pauseShareRed))
}

func sinceLastGC(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Time since last GC",
		"The runtime forces a collection every two minutes. If it is longer, the process hangs, or has too little CPU.",
		panel.Of(s.Since(golang.GoMemstatsLastGCTimeSeconds)).Steps(lastGCYellow, lastGCRed))
}

func cleanupQueue(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Finalizers and cleanups waiting",
		"Finalizers that wait to run, and cleanups (dashed). Growing: one of them blocks, and the memory behind it is never freed.",
		s.Raw(golang.GoGCFinalizersQueuedFinalizersTotal).Sub(s.Raw(golang.GoGCFinalizersExecutedFinalizersTotal)),
		panel.Named("cleanups", s.Raw(golang.GoGCCleanupsQueuedCleanupsTotal).Sub(s.Raw(golang.GoGCCleanupsExecutedCleanupsTotal))).Beside())
}

func cgoCalls(calls promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries("CGO calls",
		"Calls from Go into C each second. Always zero: the program was built with CGO_ENABLED=0.",
		panel.PerSecondOf("calls").Of(calls))
}

func inSyscalls(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines in system calls or C",
		"Each may hold an OS thread. If they rise with the threads of the goroutines board, find the blocking call.",
		s.Value(golang.GoSchedGoroutinesNotInGoGoroutines))
}
