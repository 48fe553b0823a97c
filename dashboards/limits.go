package dashboards

import "time"

// The limits at which a reader should worry (yellow) and act (red). Each is used wherever the quantity is shown.
const (
	// Of requests answered 5xx: one in a hundred is felt by users, one in twenty is an outage of something.
	serverErrorsYellow, serverErrorsRed = 0.01, 0.05

	// Of the slowest twentieth of requests, in seconds; yellow is the target's own objective.
	latencyRed = 1.0

	// Of GOMEMLIMIT in live heap: the collector works ever harder above, and near 1 does nothing else.
	memoryLimitYellow, memoryLimitRed = 0.8, 0.9

	// Of the CPU capacity spent on compulsory garbage collection: the runtime aims at a quarter while it marks, so a
	// quarter on average means that it always marks.
	gcCPUYellow, gcCPURed = 0.1, 0.25

	// Seconds that one garbage collection stopped the world: beyond a tenth, clients' timeouts are near.
	pauseYellow, pauseRed = 0.01, 0.1

	// Of wall time that the world was stopped.
	pauseShareYellow, pauseShareRed = 0.01, 0.05

	// Seconds that a runnable goroutine waited for a CPU. The buckets are a factor of ten wide: both are their edges.
	schedulerYellow, schedulerRed = 0.001, 0.01

	// Of the cores that the scheduler may use.
	cpuYellow, cpuRed = 0.7, 0.9

	// Of the file descriptors that the process may open.
	descriptorsYellow, descriptorsRed = 0.7, 0.9

	// Threads: the runtime aborts at 10,000, and a healthy service has a few times GOMAXPROCS.
	threadsYellow, threadsRed = 200.0, 5000.0

	// Goroutines gained in an hour.
	goroutinesPerHourYellow, goroutinesPerHourRed = 100.0, 1000.0

	// Seconds since the last garbage collection: the runtime forces one every two minutes.
	lastGCYellow, lastGCRed = 150.0, 300.0
)

// runtimeWindow is for metrics that move only when a garbage collection runs, which is every two minutes when idle: a
// shorter window would be empty or spike. It does not shrink in the demo, as the runtime does not hurry there.
const runtimeWindow = 5 * time.Minute
