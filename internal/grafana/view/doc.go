// Package view is what Grafana does with a board when it opens it. It gives the variables their values from a source of
// series, lists the copies of repeated panels, computes the steps of queries, and names the fields of a panel, through
// its transformations, display names and overrides. Regular expressions that Grafana runs in the browser are run as
// JavaScript's, within a time limit. It does not draw and does not judge PromQL.
package view
