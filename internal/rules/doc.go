// Package rules reads Prometheus's rule files and evaluates them over an engine.Engine as a Prometheus server does.
// It runs unit tests in promtool's format in process. It also measures what those tests notice: it breaks the rules
// in many small ways and lists each break that no test detects. It does not send alerts, restore state after a
// restart, or keep a schedule: the caller gives the time.
//
// The behaviour follows Prometheus 3.16: rules/alerting.go, rules/recording.go and rules/group.go for the evaluation,
// model/rulefmt for the rule files, cmd/promtool/unittest.go for the tests. Those packages are not imported, because
// they pull in the whole server.
package rules
