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
	return t.Board("go-gc", "Go / GC and CGO", "What does garbage collection cost, and is it about to cost everything?").
		WorstBy(cycles(s.Over(promql.Lasting(runtimeWindow)))).
		Row("Now").
		Line(4, gcCPU(t), gcCycles(s), longestPause(s), gogc(s.Value(golang.GoGCGogcPercent)), gomemlimit(s), limiter(t)).
		Row("Cost").
		Line(8, gcCPUByKind(s), gcCyclesByProcess(s)).
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
		"Share of CPU capacity lost to garbage collection in the worst process, what it does in idle time left out. A quarter means "+
			"that it always runs: allocate less, or raise GOGC or GOMEMLIMIT.",
		panel.Share.Of(compulsoryGC(t.Scope()).Max()).Steps(gcCPUYellow, gcCPURed)).
		DataLinks(t.to("go-gc"))
}

func gcCycles(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("GC cycles",
		"Of the process that collects most often. Hundreds a minute with a small heap: raise GOGC, or set GOMEMLIMIT.",
		panel.PerMinuteOf("cycles").Of(cycles(s).Max()))
}

func longestPause(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Longest recent pause",
		"The longest that the world was stopped in the last 256 collections of any process, whatever the shown range. Long with a "+
			"small heap: goroutines that cannot be preempted, or a starved CPU.",
		panel.Of(s.SummaryQuantile(1, golang.GoGCDurationSeconds).Max()).Steps(pauseYellow, pauseRed))
}

func gogc(percent promql.Expr) *stat.PanelBuilder {
	return panel.Stat("GOGC",
		"How much the heap may grow between collections, the largest of the chosen processes. 100 lets it double.",
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
		"How often in the last "+t.spoken(limiterOver)+" the runtime let memory pass GOMEMLIMIT to keep collection below half of the CPU. Above "+
			"zero a death spiral is close: raise the limit or shed load.",
		panel.Number.Of(t.limited(t.Scope()).Max()).ZeroIsGood())
}

func gcCPUByKind(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC CPU by kind",
		"In the process with the largest share of each kind. Assist high: requests pay for the collection themselves, and latency shows it. Allocate less, or raise GOGC or GOMEMLIMIT.",
		panel.Share.Named("dedicated", gcShare(s, golang.GoCPUClassesGCMarkDedicatedCPUSecondsTotal).Max()),
		panel.Share.Named("assist", gcShare(s, golang.GoCPUClassesGCMarkAssistCPUSecondsTotal).Max()),
		panel.Share.Named("pause", gcShare(s, golang.GoCPUClassesGCPauseCPUSecondsTotal).Max()).Steps(gcCPUYellow, gcCPURed))
}

func gcCyclesByProcess(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC cycles by process",
		"Follows allocation rate over heap size. A jump without traffic: the heap is near its limit.",
		panel.PerMinuteOf("cycles").Of(cycles(s)))
}

func gcPause(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("GC pause",
		"How long a collection stops the world: the mean over five minutes, and the longest of the last 256 (dashed).",
		panel.Named("mean", pauseMean(s.Over(promql.Lasting(runtimeWindow)))),
		panel.Named("longest", s.SummaryQuantile(1, golang.GoGCDurationSeconds)).Beside().Steps(pauseYellow, pauseRed))
}

func gcPauses(s promql.Scope) *heatmap.PanelBuilder {
	return panel.Heatmap("GC pause distribution",
		"How many pauses took how long; a collection has two. Buckets are a factor of ten wide. A second band above the first: find "+
			"what runs at those times.",
		s.Buckets(golang.GoSchedPausesTotalGCSeconds))
}

func pauseShare(stopped promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries("World stopped",
		"Share of time that the world was stopped. It is not GC CPU: most marking runs beside the program.",
		panel.Share.Of(stopped).Steps(pauseShareYellow, pauseShareRed))
}

func sinceLastGC(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Time since last GC",
		"The runtime forces a collection every two minutes. Longer: the process hangs, or is starved of CPU.",
		panel.Of(s.Since(golang.GoMemstatsLastGCTimeSeconds)).Steps(lastGCYellow, lastGCRed))
}

func cleanupQueue(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Finalizers and cleanups waiting",
		"Finalizers, and cleanups (dashed). Growing: one of them blocks, and the memory behind it is never freed.",
		panel.Named("finalizers", s.Raw(golang.GoGCFinalizersQueuedFinalizersTotal).Sub(s.Raw(golang.GoGCFinalizersExecutedFinalizersTotal))),
		panel.Named("cleanups", s.Raw(golang.GoGCCleanupsQueuedCleanupsTotal).Sub(s.Raw(golang.GoGCCleanupsExecutedCleanupsTotal))).Beside())
}

func cgoCalls(calls promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries("CGO calls",
		"Calls from Go into C each second. Flat zero: the program was built with CGO_ENABLED=0.",
		panel.PerSecondOf("calls").Of(calls))
}

func inSyscalls(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Goroutines in system calls or C",
		"Each may hold an OS thread. Rising with the threads of the goroutines board: find the blocking call.",
		s.Value(golang.GoSchedGoroutinesNotInGoGoroutines))
}
