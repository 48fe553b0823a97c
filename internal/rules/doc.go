// Package rules reads Prometheus's rule files, evaluates them over an engine.Engine as a Prometheus server would, runs
// unit tests in promtool's format in process, and tries how much those tests notice: it breaks the rules in many small
// ways and names each break that no test sees. It sends no alert anywhere, restores no state after a restart, and keeps
// no schedule of its own: whoever evaluates gives the time.
//
// What it does is told by Prometheus 3.16: rules/alerting.go, rules/recording.go and rules/group.go for the evaluation,
// model/rulefmt for what a rule file may hold, cmd/promtool/unittest.go for the tests. Those packages are not imported,
// because they pull in the whole server.
package rules
