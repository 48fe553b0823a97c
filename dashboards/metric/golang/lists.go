// # Which list to choose
//
// A target's Exposes names what its service has. The catalogue of your own page, made by cmd/metrics, is the surest
// answer. Without one, choose by the instrumentation:
//
//   - [DefaultCollector]: promhttp.Handler() or prometheus.NewRegistry with the Go and process collectors, no options;
//     [OldCollector] with client_golang before 1.20.
//   - [FullCollector]: the Go collector with its runtime metrics switched on.
//   - [OTelRuntime]: OpenTelemetry's contrib/instrumentation/runtime; with [OTelDeprecated] or [OTelUnsuffixed] appended
//     for older names.
//
// Each list was seen on a service with that instrumentation alone. [GoMemoryLimitBytes] is in none of them: OpenTelemetry
// has it only where GOMEMLIMIT is set. Append it for such a service.
package golang

import "gaugewright/dashboards/metric"

// FullCollector is client_golang's Go collector with the runtime metrics of garbage collection, memory, scheduler, CPU classes,
// cgo and sync, in a program built by Go 1.26 or later, and its process collector.
var FullCollector = All.Without(OTelRuntime).Without(OTelDeprecated).Without(OTelUnsuffixed).
	Without(metric.Catalogue{metric.Family(GoMemoryLimitBytes)})

// DefaultCollector is client_golang's default registry, or its Go and process collectors without options, from version 1.20 on.
var DefaultCollector = append(OldCollector,
	metric.Family(GoGCGogcPercent),
	metric.Family(GoGCGomemlimitBytes),
	metric.Family(GoSchedGomaxprocsThreads),
)

// OldCollector is the same before version 1.20.
var OldCollector = metric.Catalogue{
	metric.Family(GoGCDurationSeconds),
	metric.Family(GoGoroutines),
	metric.Family(GoInfo),
	metric.Family(GoMemstatsAllocBytes),
	metric.Family(GoMemstatsAllocBytesTotal),
	metric.Family(GoMemstatsBuckHashSysBytes),
	metric.Family(GoMemstatsFreesTotal),
	metric.Family(GoMemstatsGCSysBytes),
	metric.Family(GoMemstatsHeapAllocBytes),
	metric.Family(GoMemstatsHeapIdleBytes),
	metric.Family(GoMemstatsHeapInuseBytes),
	metric.Family(GoMemstatsHeapObjects),
	metric.Family(GoMemstatsHeapReleasedBytes),
	metric.Family(GoMemstatsHeapSysBytes),
	metric.Family(GoMemstatsLastGCTimeSeconds),
	metric.Family(GoMemstatsMallocsTotal),
	metric.Family(GoMemstatsMcacheInuseBytes),
	metric.Family(GoMemstatsMcacheSysBytes),
	metric.Family(GoMemstatsMspanInuseBytes),
	metric.Family(GoMemstatsMspanSysBytes),
	metric.Family(GoMemstatsNextGCBytes),
	metric.Family(GoMemstatsOtherSysBytes),
	metric.Family(GoMemstatsStackInuseBytes),
	metric.Family(GoMemstatsStackSysBytes),
	metric.Family(GoMemstatsSysBytes),
	metric.Family(GoThreads),
	metric.Family(ProcessCPUSecondsTotal),
	metric.Family(ProcessMaxFDs),
	metric.Family(ProcessOpenFDs),
	metric.Family(ProcessResidentMemoryBytes),
	metric.Family(ProcessStartTimeSeconds),
	metric.Family(ProcessVirtualMemoryBytes),
	metric.Family(ProcessVirtualMemoryMaxBytes),
}

// OTelRuntime is OpenTelemetry's runtime instrumentation with its Producer, through the Prometheus exporter, as it is by
// default since contrib v0.57.
var OTelRuntime = metric.Catalogue{
	metric.Family(GoConfigGogcPercent),
	metric.Family(GoGoroutineCount),
	metric.Family(GoMemoryAllocatedBytesTotal),
	metric.Family(GoMemoryAllocationsTotal),
	metric.Family(GoMemoryGCGoalBytes),
	metric.Family(GoMemoryUsedBytes),
	metric.Family(GoProcessorLimit),
	metric.Family(GoScheduleDurationSeconds),
	metric.Family(TargetInfo),
}

// OTelDeprecated is what the same instrumentation exposes besides where OTEL_GO_X_DEPRECATED_RUNTIME_METRICS is true, and was
// all that its older versions had.
var OTelDeprecated = metric.Catalogue{
	metric.Family(ProcessRuntimeGoCGOCalls),
	metric.Family(ProcessRuntimeGoGCCountTotal),
	metric.Family(ProcessRuntimeGoGCPauseNsNanoseconds),
	metric.Family(ProcessRuntimeGoGCPauseNsNanosecondsTotal),
	metric.Family(ProcessRuntimeGoGoroutines),
	metric.Family(ProcessRuntimeGoMemHeapAllocBytes),
	metric.Family(ProcessRuntimeGoMemHeapIdleBytes),
	metric.Family(ProcessRuntimeGoMemHeapInuseBytes),
	metric.Family(ProcessRuntimeGoMemHeapObjects),
	metric.Family(ProcessRuntimeGoMemHeapReleasedBytes),
	metric.Family(ProcessRuntimeGoMemHeapSysBytes),
	metric.Family(ProcessRuntimeGoMemLiveObjects),
	metric.Family(ProcessRuntimeGoMemLookupsTotal),
	metric.Family(RuntimeUptimeMillisecondsTotal),
}

// OTelUnsuffixed is what of OTelDeprecated is called otherwise where the exporter adds no units to names.
var OTelUnsuffixed = metric.Catalogue{
	metric.Family(ProcessRuntimeGoGCPauseNs),
	metric.Family(ProcessRuntimeGoMemHeapAlloc),
	metric.Family(ProcessRuntimeGoMemHeapIdle),
	metric.Family(ProcessRuntimeGoMemHeapInuse),
	metric.Family(ProcessRuntimeGoMemHeapReleased),
	metric.Family(ProcessRuntimeGoMemHeapSys),
}
