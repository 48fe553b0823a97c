// Package rules reads Prometheus's rule files and evaluates them over an engine.Engine as a Prometheus server does. It
// does not send alerts, restore state after a restart, or keep a schedule: the caller gives the time. Tests of rules
// are in ruletest.
//
// The behaviour follows Prometheus 3.16: rules/alerting.go, rules/recording.go and rules/group.go. They are not
// imported, because they pull in the whole server.
package rules
