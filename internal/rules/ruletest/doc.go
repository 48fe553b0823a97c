// Package ruletest runs unit tests of rules, in promtool's format and in process. It also measures what those tests
// notice: it breaks the rules in many small ways and lists each break that no test detects. It does not read or
// evaluate rules itself: package rules does.
//
// The behaviour follows cmd/promtool/unittest.go of Prometheus 3.16.
package ruletest
