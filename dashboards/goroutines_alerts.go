package dashboards

import (
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/promql"
)

// GoroutinesRules judge goroutines, threads, descriptors and the scheduler, by process.
func GoroutinesRules(t Target) []alert.Group {
	return []alert.Group{{Name: "goroutines", Alerts: []alert.Alert{
		t.goroutinesLeak(), t.threadLeak(), t.threadsNearLimit(), t.descriptorsExhausted(), t.schedulerStarved(),
	}}}
}

func (t Target) goroutinesLeak() alert.Alert {
	return alert.Alert{
		Name: "GoGoroutineLeak", Severity: alert.Warning, For: t.window(10 * time.Minute),
		Panel:    goroutineGrowth(t),
		Quantity: t.growth(goroutineLeak), Limit: goroutineLeak.limit, Guard: t.leaking(goroutineLeak),
		Summary: "the floor of goroutines grew by {{ $value | humanizePercentage }} in " + t.spoken(goroutineLeak.since) + ", and as much before",
		Description: "Goroutines are started that never end while traffic does not grow. /debug/pprof/goroutine?debug=1 lists them by where " +
			"they wait: the largest group is the leak.",
	}
}

// Threads gained in each of the last two half hours. The runtime never gives threads back: a burst is a step, in only
// one of them, and a leak is a slope.
const (
	threadsGained = 25
	threadsOver   = 30 * time.Minute
)

func (t Target) threadLeak() alert.Alert {
	return alert.Alert{
		Name: "GoThreadLeak", Severity: alert.Warning, For: t.window(15 * time.Minute),
		Panel:    mostThreads(t.Scope()),
		Quantity: threadCount, Limit: threadsYellow,
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			s = s.Over(t.lasting(threadsOver))
			before := s.Offset(t.window(threadsOver))
			return e.And(s.Delta(golang.GoThreads).Ge(promql.Number(threadsGained))).And(before.Delta(golang.GoThreads).Ge(promql.Number(threadsGained)))
		},
		Summary: "has {{ $value }} OS threads, and ever more",
		Description: "Threads block in system calls, in C code or in DNS look-ups through C, and new ones are started for the rest. A " +
			"goroutine profile shows which calls; LockOSThread without its end is another way.",
	}
}

func (t Target) threadsNearLimit() alert.Alert {
	return alert.Alert{
		Name: "GoThreadsNearLimit", Severity: alert.Critical, For: t.window(time.Minute),
		Panel:    mostThreads(t.Scope()),
		Quantity: threadCount, Limit: threadsRed,
		Summary: "has {{ $value }} OS threads; the runtime aborts at 10,000",
		Description: "At 10,000 threads the Go runtime ends the program. Restart it now, and find the blocking calls in a goroutine profile " +
			"taken before.",
	}
}

func threadCount(s promql.Scope) promql.Expr { return s.Value(golang.GoThreads) }

func (t Target) descriptorsExhausted() alert.Alert {
	return alert.Alert{
		Name: "GoFDExhaustion", Severity: alert.Warning, For: t.window(5 * time.Minute),
		Panel:    descriptors(t.Scope()),
		Quantity: descriptorsUse, Limit: descriptorsRed,
		Summary: "has {{ $value | humanizePercentage }} of its file descriptors open",
		Description: "When none is left the process can neither accept nor dial. Look for response bodies, files and connections that nobody " +
			"closes; raise the limit if the load is real.",
	}
}

func (t Target) schedulerStarved() alert.Alert {
	return alert.Alert{
		Name: "GoSchedulerStarved", Severity: alert.Warning, For: t.window(10 * time.Minute),
		Panel:    schedulerP99(t.Scope()),
		Quantity: schedulerWaitP99, Limit: schedulerRed,
		Summary: "one goroutine in a hundred waits {{ $value | humanizeDuration }} for a CPU, or longer",
		Description: "There is more work than CPU: every request waits in between. Compare CPU use with GOMAXPROCS and the container's limit; " +
			"where it is throttled, raise the limit or run more instances.",
	}
}
