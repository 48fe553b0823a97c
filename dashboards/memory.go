package dashboards

import (
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// Memory is where a process's memory is, and whether it creeps.
func Memory(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.scope()
	return t.board("go-memory", "Go / Runtime memory", "Does memory creep, and who owns it?").
		Row("Now").
		Line(4, largestResident(s), largestLiveHeap(s), floorGrowth(t), memoryLimitUse(t)).
		Row("Owners").
		Line(9, memoryByClass(s), goManaged(s)).
		Line(9, memoryByOwner(s), heapReserved(s)).
		Row("Growth").
		Line(8, heap(s), heapFloor(t)).
		Line(7, liveObjects(s), stackPerGoroutine(s), limitForecast(t)).
		Row("Allocation").
		Line(7, allocationRate(s), objectsAllocated(s), allocationSizes(s))
}

func largestResident(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Resident memory",
		"Of the largest process. Compare it with the container's limit, where there is one.",
		panel.Auto, panel.Named("", s.Value(app.ProcessResidentMemoryBytes).Max()))
}

func largestLiveHeap(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Live heap",
		"Bytes that the last garbage collection found reachable, in the largest process: the number that matters for leaks. Rising for "+
			"hours: take two heap profiles and compare them.",
		panel.Auto, panel.Named("", s.Value(app.GoGCHeapLiveBytes).Max()))
}

func floorGrowth(t Target) *stat.PanelBuilder {
	return panel.Stat("Heap floor growth",
		"How much the floor of the live heap over "+t.spoken(heapLeak.over)+" lies above the one "+t.spoken(heapLeak.since)+" before, in the "+
			"process where it grew most. Red for long under flat traffic: memory creeps.",
		panel.Share, panel.Named("", t.growth(heapLeak)(t.scope()).Max()).Steps(creepYellow, creepRed)).
		NoValue(t.history(heapLeak) + " of history needed")
}

// memoryByClass adds up exactly to what the runtime holds and has not returned.
func memoryByClass(s promql.Scope) *timeseries.PanelBuilder {
	sum := func(gauges ...metric.Gauge) promql.Expr { return total(s, gauges...) }
	return panel.Stacked("Memory by class (runtime)",
		"What the Go runtime holds and has not returned, adding up exactly. Heap objects growing: a leak. Stacks growing: goroutines "+
			"leak. Much free: it goes back soon, or a limit is too generous.",
		panel.Auto,
		panel.Named("heap objects", sum(app.GoMemoryClassesHeapObjectsBytes)),
		panel.Named("heap fragmentation", sum(app.GoMemoryClassesHeapUnusedBytes)),
		panel.Named("heap free, not returned", sum(app.GoMemoryClassesHeapFreeBytes)),
		panel.Named("stacks", sum(app.GoMemoryClassesHeapStacksBytes, app.GoMemoryClassesOSStacksBytes)),
		panel.Named("runtime metadata", sum(
			app.GoMemoryClassesMetadataMcacheFreeBytes, app.GoMemoryClassesMetadataMcacheInuseBytes,
			app.GoMemoryClassesMetadataMspanFreeBytes, app.GoMemoryClassesMetadataMspanInuseBytes,
			app.GoMemoryClassesMetadataOtherBytes, app.GoMemoryClassesProfilingBucketsBytes,
			app.GoMemoryClassesOtherBytes)))
}

// memoryByOwner is memoryByClass for targets that expose no runtime metrics: it adds up to sys less released.
func memoryByOwner(s promql.Scope) *timeseries.PanelBuilder {
	sum := func(gauges ...metric.Gauge) promql.Expr { return total(s, gauges...) }
	idle := sum(app.GoMemstatsHeapIdleBytes).Sub(sum(app.GoMemstatsHeapReleasedBytes))
	return panel.Stacked("Memory by owner (memstats)",
		"The same memory as every Go service exposes it. Heap in use growing: a leak. GC metadata follows the heap; profiling follows "+
			"the profiler.",
		panel.Auto,
		panel.Named("heap in use", sum(app.GoMemstatsHeapInuseBytes)),
		panel.Named("heap idle, not returned", idle),
		panel.Named("stacks", sum(app.GoMemstatsStackSysBytes)),
		panel.Named("mspan", sum(app.GoMemstatsMspanSysBytes)),
		panel.Named("mcache", sum(app.GoMemstatsMcacheSysBytes)),
		panel.Named("GC metadata", sum(app.GoMemstatsGCSysBytes)),
		panel.Named("profiling", sum(app.GoMemstatsBuckHashSysBytes)),
		panel.Named("other", sum(app.GoMemstatsOtherSysBytes)))
}

// total adds gauges up, over them and over all processes.
func total(s promql.Scope, gauges ...metric.Gauge) promql.Expr {
	sum := s.Value(gauges[0])
	for _, g := range gauges[1:] {
		sum = sum.Add(s.Value(g))
	}
	return sum.Sum()
}

func goManaged(s promql.Scope) *timeseries.PanelBuilder {
	managed := s.Value(app.GoMemstatsSysBytes).Sub(s.Value(app.GoMemstatsHeapReleasedBytes))
	return panel.TimeSeries("Process against Go-managed memory",
		"Resident memory well above what Go manages: C code or mapped files. Go-managed above resident is normal: pages that were "+
			"never touched. The dashed line is the smallest GOMEMLIMIT.",
		panel.Auto,
		panel.Named("resident", s.Value(app.ProcessResidentMemoryBytes)),
		panel.Named("Go-managed", managed),
		panel.Named("GOMEMLIMIT", s.Value(app.GoGCGomemlimitBytes).IfSet().Min()).Colored("red").Dashed()).
		NoValue("no data; GOMEMLIMIT is drawn where it is set")
}

func heapReserved(s promql.Scope) *timeseries.PanelBuilder {
	reserved := s.Value(app.GoMemstatsHeapSysBytes).Sub(s.Value(app.GoMemstatsHeapReleasedBytes))
	return panel.TimeSeries("Heap: held and allocated",
		"Heap memory held from the system against bytes allocated in it. A wide gap that stays is fragmentation, or a peak whose "+
			"memory has not gone back yet.",
		panel.Auto,
		panel.Named("held", reserved),
		panel.Named("allocated", s.Value(app.GoMemstatsAllocBytes)))
}

func heap(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Heap: allocated, in use, GC goal",
		"A healthy heap is a sawtooth below the goal. The goal itself climbing means that the live heap grows.",
		panel.Auto,
		panel.Named("allocated", s.Value(app.GoMemstatsHeapAllocBytes)),
		panel.Named("in use", s.Value(app.GoMemstatsHeapInuseBytes)),
		panel.Named("GC goal", s.Value(app.GoMemstatsNextGCBytes).IfSet()).Dashed())
}

func heapFloor(t Target) *timeseries.PanelBuilder {
	s := t.scope()
	return panel.TimeSeries("Memory creep: the live heap's floor",
		"The least live heap over "+t.spoken(heapLeak.over)+": the sawtooth without its teeth. Above its value of "+t.spoken(heapLeak.since)+
			" ago (dashed) again and again: take two heap profiles and compare them.",
		panel.Auto,
		panel.Named("floor", t.floor(heapLeak, s, 0)),
		panel.Named("floor "+t.spoken(heapLeak.since)+" ago", t.floor(heapLeak, s, heapLeak.since)).Dashed()).
		NoValue("no data; the dashed line needs " + t.history(heapLeak) + " of history")
}

// The live heap's course over an hour, drawn on for four more.
const (
	forecastOver = time.Hour
	forecastFor  = 4 * time.Hour
)

// limitUse is live heap over GOMEMLIMIT, by process. What the process holds would not do: with GOGC=off it fills the limit
// by design.
func limitUse(s promql.Scope) promql.Expr { return s.Value(app.GoGCHeapLiveBytes).Div(limit(s)) }

func limit(s promql.Scope) promql.Expr { return s.Value(app.GoGCGomemlimitBytes).IfSet() }

// forecast is the share of GOMEMLIMIT that the live heap will have reached, by process.
func (t Target) forecast(s promql.Scope) promql.Expr {
	return s.Over(t.lasting(forecastOver)).Forecast(app.GoGCHeapLiveBytes, t.window(forecastFor)).Div(limit(s))
}

func limitForecast(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Memory limit forecast",
		"Where the live heap will be in "+t.spoken(forecastFor)+", as a share of GOMEMLIMIT, if it goes on as in the last "+
			t.spoken(forecastOver)+". Above 100%: restart before, and find what grows.",
		panel.Share, panel.Named("", t.forecast(t.scope())).Steps(forecastYellow, forecastRed)).
		NoValue("GOMEMLIMIT not set")
}

func liveObjects(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Live objects",
		"Objects on the heap. Their floor climbing with the heap's: many small ones leak. The heap's alone: few large ones.",
		panel.Auto, panel.Named("", s.Value(app.GoMemstatsHeapObjects)))
}

func stackPerGoroutine(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Stack per goroutine",
		"2 to 8 KiB is usual. Much more is deep recursion or large values on the stack.",
		panel.Bytes,
		panel.Named("", s.Value(app.GoMemstatsStackInuseBytes).Div(s.Value(app.GoGoroutines))))
}

func allocationRate(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Allocation rate",
		"Churn, not a leak: it sets how often the collector runs. Risen without traffic: compare two allocation profiles.",
		panel.Auto, panel.Named("", s.Rate(app.GoMemstatsAllocBytesTotal)))
}

func objectsAllocated(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Objects allocated and freed",
		"Allocated above freed for long: objects stay. Many objects with few bytes: small ones that escape to the heap, such as boxed "+
			"values and closures.",
		panel.Auto,
		panel.Named("allocated", s.Rate(app.GoMemstatsMallocsTotal)),
		panel.Named("freed", s.Rate(app.GoMemstatsFreesTotal)))
}

func allocationSizes(s promql.Scope) *heatmap.PanelBuilder {
	return panel.Heatmap("Allocation sizes",
		"How large the allocated objects are. A shift upwards explains an allocation rate that rose.",
		s.Buckets(app.GoGCHeapAllocsBySizeBytes))
}
