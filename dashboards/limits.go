package dashboards

import "time"

// The limits at which a reader should worry (yellow) and act (red). Each is used wherever the quantity is shown, and
// by its alert: an alert's limit is always a colour step of its panel.
const (
	// Of the processes that Prometheus cannot scrape. The others may still carry the load of one in four, so more
	// than that is red; any at all is yellow.
	downYellow, downRed = 0.01, 0.26

	// Restarts in a quarter of an hour: one is a deployment, three are a crash loop.
	restartsYellow, restartsRed = 1.0, 3.0

	// Of requests answered 5xx: one in a hundred is felt by users, one in twenty is an outage of something.
	serverErrorsYellow, serverErrorsRed = 0.01, 0.05

	// Of the error budget: how many times faster than allowed it burns. At 14.4 a month's budget is gone in two days, at 6 in
	// five. https://sre.google/workbook/alerting-on-slos
	burnYellow, burnRed = 6.0, 14.4

	// Live heap as a share of GOMEMLIMIT. From here on the collector works harder and harder; near 1 it does nothing
	// else.
	memoryLimitYellow, memoryLimitRed = 0.7, 0.8

	// Forecast of the live heap as a share of GOMEMLIMIT: at 1 it reaches the limit.
	forecastYellow, forecastRed = 0.8, 1.0

	// Growth of the live heap's floor in an hour: a tenth doubles it in a working day.
	creepYellow, creepRed = 0.05, 0.1

	// Growth of the goroutines' floor in half an hour. The share of a steady leak gets smaller each time: this limit
	// sees it until ten times its half-hourly gain has piled up.
	goroutinesYellow, goroutinesRed = 0.05, 0.1

	// Of the CPU capacity spent on compulsory garbage collection: the runtime aims at a quarter while it marks, so a
	// quarter on average means that it always marks.
	gcCPUYellow, gcCPURed = 0.1, 0.25

	// Seconds that one garbage collection stopped the world: beyond a tenth, clients' timeouts are near.
	pauseYellow, pauseRed = 0.01, 0.1

	// Of wall time that the world was stopped.
	pauseShareYellow, pauseShareRed = 0.01, 0.05

	// Seconds that a runnable goroutine waited for a CPU. The runtime's buckets are a factor of ten wide, and a
	// quantile between two edges is a guess. So both limits are edges, as client_golang exposes them.
	schedulerYellow, schedulerRed = 0.0009175039999999999, 0.010485759999999998

	// Of the cores that the scheduler may use.
	cpuYellow, cpuRed = 0.7, 0.9

	// Of the file descriptors that the process may open: a burst can take the last fifth in seconds.
	descriptorsYellow, descriptorsRed = 0.6, 0.8

	// Threads: the runtime aborts at 10,000, and a healthy service has a few times GOMAXPROCS.
	threadsYellow, threadsRed = 200.0, 5000.0

	// Seconds since the last garbage collection: the runtime forces one every two minutes.
	lastGCYellow, lastGCRed = 150.0, 300.0
)

// runtimeWindow is for metrics that change only when a garbage collection runs, every two minutes when idle: a
// shorter window would be empty or spike. It does not shrink in the demo, where the runtime is not faster.
const runtimeWindow = 5 * time.Minute
