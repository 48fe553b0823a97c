// Package promql builds PromQL over typed metrics. A metric's kind decides which verbs take it, so rate of a gauge does
// not compile; an expression carries its dimension and the labels that survive, so bytes added to seconds, a grouping by
// a label that is not there, or two sides that cannot meet are an error with the file and line that wrote it. The text
// is canonical: as Prometheus's own printer writes it.
//
// An expression is immutable and keeps its first error, which is read where the expression is used (Expr.Err). The
// package covers the verbs that boards and rules need, not all of PromQL, and it evaluates nothing.
package promql
