package dashboards

import (
	"fmt"
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

// Memory shows where a process's memory is, and whether it creeps.
func Memory(t Target) cog.Builder[dashboard.Dashboard] {
	s := t.Scope()
	return t.Board("go-memory", "Go / Runtime memory", "Does memory creep, and who owns it?").
		Row("Now").
		Line(4, largestResident(s), largestHeap(t), floorGrowth(t), memoryLimitUse(t)).
		Row("Owners").
		Line(9, memoryByKind(t), processMemory(s)).
		Line(9, memoryByOwner(s), heapReserved(s)).
		Row("Growth").
		Line(8, heap(s), heapFloor(t)).
		Line(8, liveObjects(s), stackPerGoroutine(s), limitForecast(t)).
		Row("Allocation").
		Line(8, allocationRate(bytesAllocated(s)), objectChurn(s), allocationSizes(s))
}

func largestResident(s promql.Scope) *stat.PanelBuilder {
	return panel.Stat("Resident memory",
		"Of the largest process. Compare it with the container's limit, where there is one.",
		s.Value(golang.ProcessResidentMemoryBytes).Max())
}

func largestHeap(t Target) *stat.PanelBuilder {
	heap := t.subject(heapLeak)
	return panel.Stat(heap.title(),
		heap.means+", in the largest process: the number that matters for leaks. Rising for hours: take two heap profiles and compare "+
			"them.",
		heap.now(t.Scope()).Max())
}

func floorGrowth(t Target) *stat.PanelBuilder {
	heap := t.subject(heapLeak)
	return panel.Stat("Heap floor growth",
		"How much the lowest "+heap.name+" of "+t.spoken(heapLeak.over)+" grew in "+t.spoken(heapLeak.since)+", in the process where it grew "+
			"most. "+fmt.Sprintf("Below %d MiB it counts as 0%%", int(heapLeak.small)>>20)+". Red for long under flat traffic: memory creeps.",
		panel.Share.Of(t.growthOfLarge(heapLeak, t.Scope()).Max()).Steps(creepYellow, creepRed)).
		Decimals(0).
		NoValue(t.history(heapLeak) + " of history needed")
}

// memoryByKind is the finest split of Go's memory that the target exposes.
func memoryByKind(t Target) *timeseries.PanelBuilder {
	if s := t.Scope(); s.Value(golang.GoMemoryClassesTotalBytes).Has() {
		return memoryByClass(s)
	}
	return memoryByType(t.Scope())
}

// memoryByClass adds up exactly to what the runtime holds and has not returned.
func memoryByClass(s promql.Scope) *timeseries.PanelBuilder {
	sum := func(gauges ...metric.Gauge) promql.Expr { return total(s, gauges...) }
	return panel.Stacked("Memory by class (runtime)",
		"What the Go runtime holds and has not returned; the parts add up exactly. Heap objects growing: a leak. Stacks growing: "+
			"goroutines leak. Much free: it will go back soon, or a limit is too high.",
		panel.Named("heap objects", sum(golang.GoMemoryClassesHeapObjectsBytes)),
		panel.Named("heap fragmentation", sum(golang.GoMemoryClassesHeapUnusedBytes)),
		panel.Named("heap free, not returned", sum(golang.GoMemoryClassesHeapFreeBytes)),
		panel.Named("stacks", sum(golang.GoMemoryClassesHeapStacksBytes, golang.GoMemoryClassesOSStacksBytes)),
		panel.Named("mspan", sum(golang.GoMemoryClassesMetadataMspanInuseBytes, golang.GoMemoryClassesMetadataMspanFreeBytes)),
		panel.Named("mcache", sum(golang.GoMemoryClassesMetadataMcacheInuseBytes, golang.GoMemoryClassesMetadataMcacheFreeBytes)),
		panel.Named("GC metadata", sum(golang.GoMemoryClassesMetadataOtherBytes)),
		panel.Named("profiling", sum(golang.GoMemoryClassesProfilingBucketsBytes)),
		panel.Named("other", sum(golang.GoMemoryClassesOtherBytes)))
}

// memoryByOwner replaces memoryByClass for targets without runtime metrics: it adds up to sys minus released.
func memoryByOwner(s promql.Scope) *timeseries.PanelBuilder {
	sum := func(gauges ...metric.Gauge) promql.Expr { return total(s, gauges...) }
	title, means := "Memory by owner (memstats)", "The same memory by the names that every Go service has. Heap in use growing: a leak. GC "+
		"metadata follows the heap; profiling follows the profiler."
	if s.Value(golang.GoMemstatsSysBytes).Missing() {
		title, means = "Heap by use", "The heap that the runtime holds and has not returned. In use growing: a leak. Idle high for long: a "+
			"peak that is over."
	}
	return panel.Stacked(title,
		means,
		panel.Named("heap in use", heapInUse(s).Sum()),
		panel.Named("heap idle, not returned", heapIdle(s).Sum()),
		panel.Named("stacks", sum(golang.GoMemstatsStackSysBytes)),
		panel.Named("mspan", sum(golang.GoMemstatsMspanSysBytes)),
		panel.Named("mcache", sum(golang.GoMemstatsMcacheSysBytes)),
		panel.Named("GC metadata", sum(golang.GoMemstatsGCSysBytes)),
		panel.Named("profiling", sum(golang.GoMemstatsBuckHashSysBytes)),
		panel.Named("other", sum(golang.GoMemstatsOtherSysBytes)))
}

// total adds up gauges and all processes.
func total(s promql.Scope, gauges ...metric.Gauge) promql.Expr {
	sum := s.Value(gauges[0])
	for _, g := range gauges[1:] {
		sum = sum.Add(s.Value(g))
	}
	return sum.Sum()
}

func processMemory(s promql.Scope) *timeseries.PanelBuilder {
	resident := s.Value(golang.ProcessResidentMemoryBytes)
	title, advice := "Process against Go-managed memory", "Resident memory well above what Go manages (dashed): C code or mapped files hold it. "+
		"Go-managed above resident is normal: some pages were never touched."
	if resident.Missing() {
		title, advice = "Go-managed memory", "What the runtime of each process holds and has not returned. Rising for hours under flat "+
			"traffic is a leak: take two heap profiles and compare them."
	}
	return panel.TimeSeries(title,
		advice,
		resident,
		panel.Named("Go-managed", goManaged(s)).Beside())
}

func heapReserved(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Heap: held and allocated",
		"Heap memory that the process holds, and the bytes allocated in it (dashed). A wide gap that stays: fragmentation, or memory of a "+
			"peak that has not gone back yet.",
		heapHeld(s),
		panel.Named("allocated", valueOf(s, golang.GoMemstatsAllocBytes, golang.ProcessRuntimeGoMemHeapAllocBytes)).Beside())
}

func heap(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Heap: allocated and GC goal",
		"A healthy heap is a sawtooth below the goal (dashed). If the goal itself climbs, the live heap grows.",
		heapAllocated(s),
		panel.Named("GC goal", heapGoal(s)).Beside())
}

func heapFloor(t Target) *timeseries.PanelBuilder {
	s := t.Scope()
	return panel.TimeSeries("Memory creep: the "+t.subject(heapLeak).name+"'s floor",
		"The lowest "+t.subject(heapLeak).name+" of "+t.spoken(heapLeak.over)+": the sawtooth without its teeth. If it is always above its "+
			"value of "+t.spoken(heapLeak.since)+" ago (dashed), take two heap profiles and compare them.",
		t.floor(heapLeak, s, 0),
		panel.Named(t.spoken(heapLeak.since)+" ago", t.floor(heapLeak, s, heapLeak.since)).Beside()).
		NoValue("no data; the dashed line needs " + t.history(heapLeak) + " of history")
}

// The live heap's trend over an hour, extended by four.
const (
	forecastOver = time.Hour
	forecastFor  = 4 * time.Hour
)

// forecast is the forecast of the live heap as a share of GOMEMLIMIT, by process.
func (t Target) forecast(s promql.Scope) promql.Expr {
	return s.Over(t.lasting(forecastOver)).PredictLinear(golang.GoGCHeapLiveBytes, t.window(forecastFor)).Div(memoryLimit(s))
}

func limitForecast(t Target) *timeseries.PanelBuilder {
	return panel.TimeSeries("Memory limit forecast",
		"Where the live heap will be in "+t.spoken(forecastFor)+", as a share of GOMEMLIMIT, if its trend over "+
			t.spoken(forecastOver)+" goes on. Above 100%: restart before then, and find what grows.",
		panel.Share.Of(t.forecast(t.Scope())).Steps(forecastYellow, forecastRed)).
		NoValue("GOMEMLIMIT not set")
}

func liveObjects(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Live objects",
		"Objects on the heap. If their lowest number climbs with the heap, many small objects leak. If only the heap climbs, a few large "+
			"ones do.",
		heapObjects(s))
}

func stackPerGoroutine(s promql.Scope) *timeseries.PanelBuilder {
	return panel.TimeSeries("Stack per goroutine",
		"2 to 8 KiB is usual. Much more is deep recursion or large values on the stack.",
		panel.Bytes.Of(stackInUse(s).Div(goroutineCount(s))))
}

func allocationRate(bytes promql.Expr) *timeseries.PanelBuilder {
	return panel.TimeSeries("Allocation rate",
		"Bytes allocated each second: churn, not a leak. It sets how often the collector runs. If it rises without traffic, compare two "+
			"allocation profiles.",
		bytes)
}

func objectChurn(s promql.Scope) *timeseries.PanelBuilder {
	freed, objects := s.Rate(golang.GoMemstatsFreesTotal), panel.PerSecondOf("objects")
	title, advice := "Objects allocated and freed", "Allocated above freed (dashed) for long: objects stay on the heap. "
	if freed.Missing() {
		title, advice = "Objects allocated", ""
	}
	return panel.TimeSeries(title,
		advice+"Many objects with few bytes: small values escape to the heap, such as boxed values and closures.",
		objects.Of(objectsAllocated(s)),
		objects.Named("freed", freed).Beside())
}

func allocationSizes(s promql.Scope) *heatmap.PanelBuilder {
	return panel.Heatmap("Allocation sizes",
		"How large the allocated objects are. A shift upwards explains a higher allocation rate.",
		s.Buckets(golang.GoGCHeapAllocsBySizeBytes))
}
