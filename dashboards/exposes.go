package dashboards

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"slices"
)

// What Go services expose of their runtime and process, by how they are instrumented. All is what our own app exposes, which
// has everything; each list below was seen on a service with that instrumentation alone.

// known are the metrics of the runtime and the process that the boards know by name.
var known = append(slices.Clone(golang.All), metric.Family(GoMemoryLimitBytes))

// OnlyRuntime tells whether a list has metrics of the runtime and the process alone, as the lists below, and is not the
// catalogue of a whole page.
func OnlyRuntime(exposes metric.Catalogue) bool { return len(exposes.Without(known)) == 0 }

// GoMemoryLimitBytes is OpenTelemetry's GOMEMLIMIT. It is not on the page of a process that has none, and so in none of the
// lists: a target whose processes have one appends it.
var GoMemoryLimitBytes = metric.Gauge{
	Name: "go_memory_limit_bytes", Help: "Go runtime memory limit configured by the user, if a limit exists.", Unit: metric.Bytes,
	Labels: golang.GoMemoryGCGoalBytes.Labels,
}

// FullCollector is client_golang's Go collector with the runtime metrics of garbage collection, memory, scheduler, CPU classes,
// cgo and sync, in a program built by Go 1.26 or later, and its process collector.
var FullCollector = golang.All.Without(OTelRuntime).Without(OTelDeprecated).Without(OTelUnsuffixed)

// DefaultCollector is client_golang's default registry, or its Go and process collectors without options, from version 1.20 on.
var DefaultCollector = append(OldCollector,
	metric.Family(golang.GoGCGogcPercent),
	metric.Family(golang.GoGCGomemlimitBytes),
	metric.Family(golang.GoSchedGomaxprocsThreads),
)

// OldCollector is the same before version 1.20.
var OldCollector = metric.Catalogue{
	metric.Family(golang.GoGCDurationSeconds),
	metric.Family(golang.GoGoroutines),
	metric.Family(golang.GoInfo),
	metric.Family(golang.GoMemstatsAllocBytes),
	metric.Family(golang.GoMemstatsAllocBytesTotal),
	metric.Family(golang.GoMemstatsBuckHashSysBytes),
	metric.Family(golang.GoMemstatsFreesTotal),
	metric.Family(golang.GoMemstatsGCSysBytes),
	metric.Family(golang.GoMemstatsHeapAllocBytes),
	metric.Family(golang.GoMemstatsHeapIdleBytes),
	metric.Family(golang.GoMemstatsHeapInuseBytes),
	metric.Family(golang.GoMemstatsHeapObjects),
	metric.Family(golang.GoMemstatsHeapReleasedBytes),
	metric.Family(golang.GoMemstatsHeapSysBytes),
	metric.Family(golang.GoMemstatsLastGCTimeSeconds),
	metric.Family(golang.GoMemstatsMallocsTotal),
	metric.Family(golang.GoMemstatsMcacheInuseBytes),
	metric.Family(golang.GoMemstatsMcacheSysBytes),
	metric.Family(golang.GoMemstatsMspanInuseBytes),
	metric.Family(golang.GoMemstatsMspanSysBytes),
	metric.Family(golang.GoMemstatsNextGCBytes),
	metric.Family(golang.GoMemstatsOtherSysBytes),
	metric.Family(golang.GoMemstatsStackInuseBytes),
	metric.Family(golang.GoMemstatsStackSysBytes),
	metric.Family(golang.GoMemstatsSysBytes),
	metric.Family(golang.GoThreads),
	metric.Family(golang.ProcessCPUSecondsTotal),
	metric.Family(golang.ProcessMaxFDs),
	metric.Family(golang.ProcessOpenFDs),
	metric.Family(golang.ProcessResidentMemoryBytes),
	metric.Family(golang.ProcessStartTimeSeconds),
	metric.Family(golang.ProcessVirtualMemoryBytes),
	metric.Family(golang.ProcessVirtualMemoryMaxBytes),
}

// OTelRuntime is OpenTelemetry's runtime instrumentation with its Producer, through the Prometheus exporter, as it is by
// default since contrib v0.57.
var OTelRuntime = metric.Catalogue{
	metric.Family(golang.GoConfigGogcPercent),
	metric.Family(golang.GoGoroutineCount),
	metric.Family(golang.GoMemoryAllocatedBytesTotal),
	metric.Family(golang.GoMemoryAllocationsTotal),
	metric.Family(golang.GoMemoryGCGoalBytes),
	metric.Family(golang.GoMemoryUsedBytes),
	metric.Family(golang.GoProcessorLimit),
	metric.Family(golang.GoScheduleDurationSeconds),
	metric.Family(golang.TargetInfo),
}

// OTelDeprecated is what the same instrumentation exposes besides where OTEL_GO_X_DEPRECATED_RUNTIME_METRICS is true, and was
// all that its older versions had.
var OTelDeprecated = metric.Catalogue{
	metric.Family(golang.ProcessRuntimeGoCGOCalls),
	metric.Family(golang.ProcessRuntimeGoGCCountTotal),
	metric.Family(golang.ProcessRuntimeGoGCPauseNsNanoseconds),
	metric.Family(golang.ProcessRuntimeGoGCPauseNsNanosecondsTotal),
	metric.Family(golang.ProcessRuntimeGoGoroutines),
	metric.Family(golang.ProcessRuntimeGoMemHeapAllocBytes),
	metric.Family(golang.ProcessRuntimeGoMemHeapIdleBytes),
	metric.Family(golang.ProcessRuntimeGoMemHeapInuseBytes),
	metric.Family(golang.ProcessRuntimeGoMemHeapObjects),
	metric.Family(golang.ProcessRuntimeGoMemHeapReleasedBytes),
	metric.Family(golang.ProcessRuntimeGoMemHeapSysBytes),
	metric.Family(golang.ProcessRuntimeGoMemLiveObjects),
	metric.Family(golang.ProcessRuntimeGoMemLookupsTotal),
	metric.Family(golang.RuntimeUptimeMillisecondsTotal),
}

// OTelUnsuffixed is what of OTelDeprecated is called otherwise where the exporter adds no units to names.
var OTelUnsuffixed = metric.Catalogue{
	metric.Family(golang.ProcessRuntimeGoGCPauseNs),
	metric.Family(golang.ProcessRuntimeGoMemHeapAlloc),
	metric.Family(golang.ProcessRuntimeGoMemHeapIdle),
	metric.Family(golang.ProcessRuntimeGoMemHeapInuse),
	metric.Family(golang.ProcessRuntimeGoMemHeapReleased),
	metric.Family(golang.ProcessRuntimeGoMemHeapSys),
}
