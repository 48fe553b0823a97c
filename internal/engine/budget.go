package engine

import (
	"context"
	"fmt"
	"strconv"

	"github.com/prometheus/prometheus/promql/parser"
)

// TooMuch is the error of a query that would take more memory or time than a query may. It is not evaluated, or not to its
// end, so nothing is known about its answer.
type TooMuch struct{ Reason string }

func (e *TooMuch) Error() string { return e.Reason }

// Limits of one query. Prometheus counts samples while it computes; by then it has allocated two numbers for each step of
// a subquery and room for 5,000 steps of each series of a result. So these are held against the query before it is
// evaluated. A year in steps of ten seconds is 3,200,000 steps.
const (
	maxSteps = 5_000_000     // of the query or of a subquery
	maxRoom  = 40_000_000    // samples, 16 bytes each, that all of its parts may have at once
	maxWork  = 3_000_000_000 // samples that its windows read; one takes some nanoseconds
	maxText  = 256 << 20     // bytes of the labels that label_replace and label_join make
)

// largeRoom is from where queries wait for each other: of all that run at once, one is as large.
const largeRoom = 2_000_000

// theLarge has room for one.
var theLarge = make(chan struct{}, 1)

// afford returns a function that gives the room back after the query, or *TooMuch.
func (e *Engine) afford(ctx context.Context, statement parser.Statement) (release func(), err error) {
	release = func() {}
	c, err := e.estimate(statement)
	if err == nil {
		err = spend(ctx, c.work+visit*c.visits+c.fixed())
	}
	if err != nil || c.peak < largeRoom {
		return release, err
	}
	select {
	case theLarge <- struct{}{}:
		return func() { <-theLarge }, nil
	case <-ctx.Done():
		return release, ctx.Err()
	}
}

// estimate returns what a query costs, without evaluating it.
func (e *Engine) estimate(statement parser.Statement) (*costs, error) {
	c := &costs{store: e.store}
	if s, ok := statement.(*parser.EvalStmt); ok {
		b := c.of(s.Expr, grid{s.Start.UnixMilli(), s.End.UnixMilli(), max(1, s.Interval.Milliseconds())})
		c.takes(b.room())
	}
	if c.refused != nil {
		return c, c.refused
	}
	return c, nil
}

// grid is the times of an evaluation, in milliseconds.
type grid struct{ start, end, interval int64 }

func (g grid) steps() float64 { return float64((g.end-g.start)/g.interval) + 1 }

// costs are those of a query. All numbers are upper bounds, and floats since they may be larger than any integer.
type costs struct {
	store     *store
	held      float64 // room that parts have while others are evaluated
	peak      float64 // the largest it comes to
	work      float64 // samples that are read
	visits    float64 // of a series at a step
	operators float64 // of two sides
	depth     float64 // of the part that is counted: how many others are around it
	refused   *TooMuch
}

// refuse keeps the first reason.
func (c *costs) refuse(what string, is float64, most int) {
	if c.refused == nil {
		c.refused = &TooMuch{fmt.Sprintf("%s %s, more than %d, the limit of a query: a shorter range or a longer step mends it",
			strconv.FormatFloat(is, 'f', 0, 64), what, most)}
	}
}

// takes counts the room of a part while it is evaluated, beside what others hold.
func (c *costs) takes(room float64) {
	if c.peak = max(c.peak, c.held+room); c.peak > maxRoom {
		c.refuse("samples at once", c.peak, maxRoom)
	}
}

func (c *costs) works(samples float64) {
	if c.work += samples; c.work > maxWork {
		c.refuse("samples to read", c.work, maxWork)
	}
}

// visit is the time of a visit of a series at a step, in the reading of samples: a subquery's windows are read fast, and
// filled slowly.
const visit = 30

// fixed is what any query takes, in samples that are read in that time. Prometheus prints each query, in time quadratic in its
// operators.
func (c *costs) fixed() float64 { return 6000 + c.operators*c.operators }

func (c *costs) evaluates(visits float64) {
	c.visits += visits
	c.works(visits)
}
