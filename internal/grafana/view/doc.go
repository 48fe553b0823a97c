// Package view is what Grafana does with a board when it opens it. It gives the variables their values from a source of
// series, computes the steps of queries, and names the fields of a panel, after its transformations. It does not draw
// and does not judge PromQL.
package view
