package dashboards_test

// sameMutants are the mutants of rules that no test can notice, and why.
var sameMutants = reasoned(map[string][]string{
	"a zero that is there for the panel: it never reaches the limit, whatever it is made of": {
		`GoGCLimiterActive: drop right of or`,
		`GoGCLimiterActive: go_gc_limiter_last_enabled_gc_cycle window 10m -> 5m (2)`,
		`GoGCLimiterActive: go_gc_limiter_last_enabled_gc_cycle window 10m -> 20m (2)`,
		`GoServiceDown: drop right of or`,
		`GoServiceDown: drop job from by (2)`,
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
}
