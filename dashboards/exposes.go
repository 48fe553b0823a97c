package dashboards

import (
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/app"
)

// What Go services expose of their runtime and process, by how they are instrumented. All is what our own app exposes, which
// has everything; each list below was seen on a service with that instrumentation alone.

// known are the metrics of the runtime and the process that the boards know by name.
var known = append(app.All.Without(appOwn), metric.Family(GoMemoryLimitBytes))

// OnlyRuntime tells whether a list has metrics of the runtime and the process alone, as the lists below, and is not the
// catalogue of a whole page.
func OnlyRuntime(exposes metric.Catalogue) bool { return len(exposes.Without(known)) == 0 }

// GoMemoryLimitBytes is OpenTelemetry's GOMEMLIMIT. It is not on the page of a process that has none, and so in none of the
// lists: a target whose processes have one appends it.
var GoMemoryLimitBytes = metric.Gauge{
	Name: "go_memory_limit_bytes", Help: "Go runtime memory limit configured by the user, if a limit exists.", Unit: metric.Bytes,
	Labels: app.GoMemoryGCGoalBytes.Labels,
}

// FullCollector is client_golang's Go collector with the runtime metrics of garbage collection, memory, scheduler, CPU classes,
// cgo and sync, in a program built by Go 1.26 or later, and its process collector.
var FullCollector = app.All.Without(OTelRuntime).Without(OTelDeprecated).Without(OTelUnsuffixed).Without(appOwn)

// appOwn are the metrics that only our app has.
var appOwn = metric.Catalogue{
	metric.Family(app.APIHTTPRequestDurationSeconds),
	metric.Family(app.APIHTTPRequestErrorTotal),
	metric.Family(app.APIHTTPRequestTotal),
	metric.Family(app.APIHTTPRequestsInFlight),
}

// DefaultCollector is client_golang's default registry, or its Go and process collectors without options, from version 1.20 on.
var DefaultCollector = append(OldCollector,
	metric.Family(app.GoGCGogcPercent),
	metric.Family(app.GoGCGomemlimitBytes),
	metric.Family(app.GoSchedGomaxprocsThreads),
)

// OldCollector is the same before version 1.20.
var OldCollector = metric.Catalogue{
	metric.Family(app.GoGCDurationSeconds),
	metric.Family(app.GoGoroutines),
	metric.Family(app.GoInfo),
	metric.Family(app.GoMemstatsAllocBytes),
	metric.Family(app.GoMemstatsAllocBytesTotal),
	metric.Family(app.GoMemstatsBuckHashSysBytes),
	metric.Family(app.GoMemstatsFreesTotal),
	metric.Family(app.GoMemstatsGCSysBytes),
	metric.Family(app.GoMemstatsHeapAllocBytes),
	metric.Family(app.GoMemstatsHeapIdleBytes),
	metric.Family(app.GoMemstatsHeapInuseBytes),
	metric.Family(app.GoMemstatsHeapObjects),
	metric.Family(app.GoMemstatsHeapReleasedBytes),
	metric.Family(app.GoMemstatsHeapSysBytes),
	metric.Family(app.GoMemstatsLastGCTimeSeconds),
	metric.Family(app.GoMemstatsMallocsTotal),
	metric.Family(app.GoMemstatsMcacheInuseBytes),
	metric.Family(app.GoMemstatsMcacheSysBytes),
	metric.Family(app.GoMemstatsMspanInuseBytes),
	metric.Family(app.GoMemstatsMspanSysBytes),
	metric.Family(app.GoMemstatsNextGCBytes),
	metric.Family(app.GoMemstatsOtherSysBytes),
	metric.Family(app.GoMemstatsStackInuseBytes),
	metric.Family(app.GoMemstatsStackSysBytes),
	metric.Family(app.GoMemstatsSysBytes),
	metric.Family(app.GoThreads),
	metric.Family(app.ProcessCPUSecondsTotal),
	metric.Family(app.ProcessMaxFDs),
	metric.Family(app.ProcessOpenFDs),
	metric.Family(app.ProcessResidentMemoryBytes),
	metric.Family(app.ProcessStartTimeSeconds),
	metric.Family(app.ProcessVirtualMemoryBytes),
	metric.Family(app.ProcessVirtualMemoryMaxBytes),
}

// OTelRuntime is OpenTelemetry's runtime instrumentation with its Producer, through the Prometheus exporter, as it is by
// default since contrib v0.57.
var OTelRuntime = metric.Catalogue{
	metric.Family(app.GoConfigGogcPercent),
	metric.Family(app.GoGoroutineCount),
	metric.Family(app.GoMemoryAllocatedBytesTotal),
	metric.Family(app.GoMemoryAllocationsTotal),
	metric.Family(app.GoMemoryGCGoalBytes),
	metric.Family(app.GoMemoryUsedBytes),
	metric.Family(app.GoProcessorLimit),
	metric.Family(app.GoScheduleDurationSeconds),
	metric.Family(app.TargetInfo),
}

// OTelDeprecated is what the same instrumentation exposes besides where OTEL_GO_X_DEPRECATED_RUNTIME_METRICS is true, and was
// all that its older versions had.
var OTelDeprecated = metric.Catalogue{
	metric.Family(app.ProcessRuntimeGoCGOCalls),
	metric.Family(app.ProcessRuntimeGoGCCountTotal),
	metric.Family(app.ProcessRuntimeGoGCPauseNsNanoseconds),
	metric.Family(app.ProcessRuntimeGoGCPauseNsNanosecondsTotal),
	metric.Family(app.ProcessRuntimeGoGoroutines),
	metric.Family(app.ProcessRuntimeGoMemHeapAllocBytes),
	metric.Family(app.ProcessRuntimeGoMemHeapIdleBytes),
	metric.Family(app.ProcessRuntimeGoMemHeapInuseBytes),
	metric.Family(app.ProcessRuntimeGoMemHeapObjects),
	metric.Family(app.ProcessRuntimeGoMemHeapReleasedBytes),
	metric.Family(app.ProcessRuntimeGoMemHeapSysBytes),
	metric.Family(app.ProcessRuntimeGoMemLiveObjects),
	metric.Family(app.ProcessRuntimeGoMemLookupsTotal),
	metric.Family(app.RuntimeUptimeMillisecondsTotal),
}

// OTelUnsuffixed is what of OTelDeprecated is called otherwise where the exporter adds no units to names.
var OTelUnsuffixed = metric.Catalogue{
	metric.Family(app.ProcessRuntimeGoGCPauseNs),
	metric.Family(app.ProcessRuntimeGoMemHeapAlloc),
	metric.Family(app.ProcessRuntimeGoMemHeapIdle),
	metric.Family(app.ProcessRuntimeGoMemHeapInuse),
	metric.Family(app.ProcessRuntimeGoMemHeapReleased),
	metric.Family(app.ProcessRuntimeGoMemHeapSys),
}
