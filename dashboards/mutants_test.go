package dashboards_test

// sameMutants are the mutants of rules that no test can notice, and why.
var sameMutants = reasoned(map[string][]string{
	"another side of the same operator is matched by the job and keeps it; dropped everywhere, it is noticed": {
		`GoGCThrash: drop job="myapp" of go_cpu_classes_gc_total_cpu_seconds_total`,
		`GoGCThrash: drop job="myapp" of go_cpu_classes_gc_mark_idle_cpu_seconds_total`,
		`GoGCThrash: drop job="myapp" of go_cpu_classes_total_cpu_seconds_total`,
		`GoGCThrash: drop job="myapp" of go_gc_duration_seconds_count`,
		`GoGCLimiterActive: drop job="myapp" of go_gc_limiter_last_enabled_gc_cycle`,
		`GoGCLimiterActive: drop job="myapp" of go_gc_limiter_last_enabled_gc_cycle (2)`,
		`GoGoroutineLeak: drop job="myapp" of go_goroutines`,
		`GoGoroutineLeak: drop job="myapp" of go_goroutines (2)`,
		`GoGoroutineLeak: drop job="myapp" of go_goroutines (3)`,
		`GoGoroutineLeak: drop job="myapp" of go_goroutines (4)`,
		`GoGoroutineLeak: drop job="myapp" of go_goroutines (5)`,
		`GoGoroutineLeak: drop job="myapp" of process_start_time_seconds`,
		`GoGoroutineLeak: drop job="myapp" of api_http_request_total`,
		`GoGoroutineLeak: drop job="myapp" of api_http_request_total (2)`,
		`GoThreadLeak: drop job="myapp" of go_threads`,
		`GoThreadLeak: drop job="myapp" of go_threads (2)`,
		`GoThreadLeak: drop job="myapp" of go_threads (3)`,
		`GoFDExhaustion: drop job="myapp" of process_open_fds`,
		`GoFDExhaustion: drop job="myapp" of process_max_fds`,
		`job:http_errors:ratio_rate5m: drop job="myapp" of job:http_errors:rate5m`,
		`job:http_errors:ratio_rate5m: drop job="myapp" of job:http_requests:rate5m`,
		`ApiLatencyHigh: drop job="myapp" of api_http_request_duration_seconds_bucket`,
		`ApiLatencyHigh: drop job="myapp" of api_http_request_total`,
		`job:http_errors:ratio_rate30m: drop job="myapp" of job:http_errors:rate5m`,
		`job:http_errors:ratio_rate30m: drop job="myapp" of job:http_requests:rate5m`,
		`job:http_errors:ratio_rate1h: drop job="myapp" of job:http_errors:rate5m`,
		`job:http_errors:ratio_rate1h: drop job="myapp" of job:http_requests:rate5m`,
		`job:http_errors:ratio_rate6h: drop job="myapp" of job:http_errors:rate5m`,
		`job:http_errors:ratio_rate6h: drop job="myapp" of job:http_requests:rate5m`,
		`ApiErrorBudgetBurnFast: drop job="myapp" of job:http_errors:ratio_rate1h`,
		`ApiErrorBudgetBurnFast: drop job="myapp" of job:http_errors:ratio_rate5m`,
		`ApiErrorBudgetBurnFast: drop job="myapp" of api_http_request_error_total`,
		`ApiErrorBudgetBurnSlow: drop job="myapp" of job:http_errors:ratio_rate6h`,
		`ApiErrorBudgetBurnSlow: drop job="myapp" of job:http_errors:ratio_rate30m`,
		`ApiErrorBudgetBurnSlow: drop job="myapp" of api_http_request_error_total`,
		`GoMemoryCreep: drop job="myapp" of go_gc_heap_live_bytes`,
		`GoMemoryCreep: drop job="myapp" of go_gc_heap_live_bytes (2)`,
		`GoMemoryCreep: drop job="myapp" of go_gc_heap_live_bytes (3)`,
		`GoMemoryCreep: drop job="myapp" of go_gc_heap_live_bytes (4)`,
		`GoMemoryCreep: drop job="myapp" of go_gc_heap_live_bytes (5)`,
		`GoMemoryCreep: drop job="myapp" of process_start_time_seconds`,
		`GoMemoryCreep: drop job="myapp" of api_http_request_total`,
		`GoMemoryCreep: drop job="myapp" of api_http_request_total (2)`,
		`GoNearMemoryLimit: drop job="myapp" of go_gc_heap_live_bytes`,
		`GoNearMemoryLimit: drop job="myapp" of go_gc_gomemlimit_bytes`,
		`GoMemoryLimitForecast: drop job="myapp" of go_gc_heap_live_bytes`,
		`GoMemoryLimitForecast: drop job="myapp" of go_gc_gomemlimit_bytes`,
		`GoMemoryLimitForecast: drop job="myapp" of go_gc_heap_live_bytes (2)`,
		`GoMemoryLimitForecast: drop job="myapp" of go_gc_gomemlimit_bytes (2)`,
		`GoMemoryLimitForecast: drop job="myapp" of process_start_time_seconds`,
		`GoMemoryLimitForecast: drop job="myapp" of api_http_request_total`,
		`GoMemoryLimitForecast: drop job="myapp" of api_http_request_total (2)`,
		`GoServiceDown: drop job="myapp" of up`,
		`GoServiceDown: drop job="myapp" of up (3)`,
		`GoMetricsMissing: drop job="myapp" of go_goroutines`,
	},
	"the matchers leave one job, so that both sides have the same anyway": {
		`GoGCThrash: drop job from on`,
		`GoGCLimiterActive: drop job from on`,
		`GoGoroutineLeak: drop job from on`,
		`GoGoroutineLeak: drop job from on (2)`,
		`GoGoroutineLeak: drop job from on (3)`,
		`GoGoroutineLeak: drop job from on (4)`,
		`GoThreadLeak: drop job from on`,
		`GoThreadLeak: drop job from on (2)`,
		`ApiLatencyHigh: drop job from on`,
		`ApiErrorBudgetBurnFast: drop job from on`,
		`ApiErrorBudgetBurnFast: drop job from on (2)`,
		`ApiErrorBudgetBurnSlow: drop job from on`,
		`ApiErrorBudgetBurnSlow: drop job from on (2)`,
		`GoMemoryCreep: drop job from on`,
		`GoMemoryCreep: drop job from on (2)`,
		`GoMemoryCreep: drop job from on (3)`,
		`GoMemoryCreep: drop job from on (4)`,
		`GoMemoryLimitForecast: drop job from on`,
		`GoMemoryLimitForecast: drop job from on (2)`,
		`GoMemoryLimitForecast: drop job from on (3)`,
		`GoMetricsMissing: drop job from on`,
	},
	"a zero that is there for the panel: it never reaches the limit, whatever it is made of": {
		`GoGCLimiterActive: drop right of or`,
		`GoGCLimiterActive: go_gc_limiter_last_enabled_gc_cycle window 10m -> 5m (2)`,
		`GoGCLimiterActive: go_gc_limiter_last_enabled_gc_cycle window 10m -> 20m (2)`,
		`GoGCLimiterActive: drop job="myapp" of go_gc_limiter_last_enabled_gc_cycle (3)`,
		`GoServiceDown: drop right of or`,
		`GoServiceDown: drop job from by (2)`,
		`GoServiceDown: drop job="myapp" of up (2)`,
	},
	"what is counted is a whole number": {
		`GoGCLimiterActive: 1 -> 0.8`,
		`GoRestarting: 3 -> 2.4`,
	},
	"no limit lies between: one that is set is far less, and one that is not is told as 2^63": {
		`GoNearMemoryLimit: 4611686018427388000 -> 3689348814740000000`,
		`GoNearMemoryLimit: 4611686018427388000 -> 5764607523030000000`,
		`GoMemoryLimitForecast: 4611686018427388000 -> 3689348814740000000`,
		`GoMemoryLimitForecast: 4611686018427388000 -> 5764607523030000000`,
		`GoMemoryLimitForecast: 4611686018427388000 -> 3689348814740000000 (2)`,
		`GoMemoryLimitForecast: 4611686018427388000 -> 5764607523030000000 (2)`,
	},
})

// samePodMutants are those of a target whose processes are pods, of the mutants that drop one of its identity labels.
var samePodMutants = reasoned(map[string][]string{
	"a zero that is there for the panel: it never reaches the limit, whatever it is made of": {
		`GoServiceDown: drop cluster from by (2)`,
		`GoServiceDown: drop namespace from by (2)`,
	},
})

// reasoned turns mutants by reason into reasons by mutant.
func reasoned(byReason map[string][]string) map[string]string {
	all := map[string]string{}
	for reason, mutants := range byReason {
		for _, mutant := range mutants {
			all[mutant] = reason
		}
	}
	return all
}

// sameServiceMutants are those of services that are not our app, by kind, of the mutants that breaking chooses.
var sameServiceMutants = map[string]map[string]string{
	"OTel":               {`GoRestarting: 3 -> 2.4`: "what is counted is a whole number"},
	"OTel's older names": {`GoRestarting: 3 -> 2.4`: "what is counted is a whole number"},
	"errors apart from successes": reasoned(map[string][]string{
		"a zero for where one counter is not there: where that is only probes, the other side of + has nothing": {
			`GoGoroutineLeak: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total`,
			`GoGoroutineLeak: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total (3)`,
			`job:http_requests:rate5m: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total`,
			`job:http_requests:rate5m: drop handler!~"/health|/healthz|/metrics" of http_requests_total (2)`,
			`job:http_errors:rate5m: drop handler!~"/health|/healthz|/metrics" of http_requests_total`,
			`job:http_errors:rate5m: drop handler!~"/health|/healthz|/metrics" of http_requests_total (2)`,
			`job:http_errors:rate5m: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total (2)`,
			`job:http_errors:rate5m: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total (3)`,
			`ApiLatencyHigh: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total`,
			`ApiLatencyHigh: drop handler!~"/health|/healthz|/metrics" of http_requests_total (2)`,
			`GoMemoryCreep: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total`,
			`GoMemoryCreep: drop handler!~"/health|/healthz|/metrics" of http_request_errors_total (3)`,
		},
	}),
}
