package source

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
)

// Limits for the questions to a server.
const (
	greetingTime = 10 * time.Second // to get the first answer
	questionTime = 30 * time.Second // to get any other, with all tries
	questions    = 4                // at once
	maxSeries    = 1000             // of one selector whose labels are read
)

// Prometheus is a server with Prometheus's API: Prometheus, Thanos, Mimir. A question without an answer is an
// *Unanswered error; after several in a row the server is not asked any more, and all others are.
type Prometheus struct {
	api    v1.API
	health health
	large  chan struct{} // for the one question with a large answer
}

// Open checks that a server answers at the address. The address must be without user and password, which are the
// access's.
func Open(ctx context.Context, address *url.URL, access Access) (*Prometheus, error) {
	asking, err := access.client(ctx, address)
	if err != nil {
		return nil, err
	}
	client, err := api.NewClient(api.Config{Address: address.String(), Client: asking})
	if err != nil {
		return nil, err
	}
	p := &Prometheus{api: v1.NewAPI(client), large: make(chan struct{}, 1)}
	if err := p.greet(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return p, nil
}

// greet asks what every server can answer at once.
func (p *Prometheus) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, greetingTime)
	defer cancel()
	err := p.inTurn(ctx, func(ctx context.Context) error {
		_, _, _, err := p.api.Query(ctx, "vector(1)", time.Now())
		return err
	})
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer within %s", greetingTime)
	}
	return plain(err)
}

// Parallel returns a number that does no harm to a server that others use.
func (*Prometheus) Parallel() int { return questions }

// LabelValues asks the server.
func (p *Prometheus) LabelValues(ctx context.Context, selector, label string, from, to time.Time) (all []string, err error) {
	var matches []string
	if selector != "" {
		matches = []string{selector}
	}
	err = p.ask(ctx, func(ctx context.Context) error {
		values, _, _, err := p.api.LabelValues(ctx, label, matches, from, to)
		all = make([]string, len(values))
		for i, value := range values {
			all[i] = string(value)
		}
		return err
	})
	return all, err
}

// LabelNames asks the server.
func (p *Prometheus) LabelNames(ctx context.Context, from, to time.Time) (all []string, err error) {
	err = p.ask(ctx, func(ctx context.Context) error {
		names, _, _, err := p.api.LabelNames(ctx, nil, from, to)
		all = make([]string, len(names))
		for i, name := range names {
			all[i] = string(name)
		}
		return err
	})
	return all, err
}

// Series asks the server, for a limited number.
func (p *Prometheus) Series(ctx context.Context, selector string, from, to time.Time) (all []map[string]string, err error) {
	err = p.ask(ctx, func(ctx context.Context) error {
		sets, _, _, err := p.api.Series(ctx, []string{selector}, from, to, v1.WithLimit(maxSeries))
		all = make([]map[string]string, len(sets))
		for i, set := range sets {
			all[i] = texts(set)
		}
		return err
	})
	return all, err
}

// Instant asks the server.
func (p *Prometheus) Instant(ctx context.Context, query string, at time.Time) (Answer, error) {
	return p.answer(ctx, func(ctx context.Context) (model.Value, v1.Warnings, v1.Infos, error) {
		return p.api.Query(ctx, query, at, v1.WithTimeout(questionTime))
	})
}

// Range asks the server.
func (p *Prometheus) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (Answer, error) {
	return p.answer(ctx, func(ctx context.Context) (model.Value, v1.Warnings, v1.Infos, error) {
		asked := v1.Range{Start: start, End: end, Step: step}
		return p.api.QueryRange(ctx, query, asked, v1.WithTimeout(questionTime))
	})
}

func (p *Prometheus) answer(
	ctx context.Context, question func(context.Context) (model.Value, v1.Warnings, v1.Infos, error),
) (a Answer, err error) {
	err = p.ask(ctx, func(ctx context.Context) error {
		value, warnings, infos, err := question(ctx)
		a = answered(value, warnings, infos)
		return err
	})
	return a, err
}

// ask asks a question within the limit of time, unless the server is given up.
func (p *Prometheus) ask(ctx context.Context, question func(context.Context) error) error {
	if reason := p.health.whyGivenUp(); reason != "" {
		return &Unanswered{Reason: reason}
	}
	limited, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	err := p.inTurn(limited, question)
	if ctx.Err() != nil {
		return ctx.Err() // interrupted
	}
	var said *v1.Error
	if errors.As(err, &said) && (said.Type == v1.ErrBadData || said.Type == v1.ErrExec) {
		p.health.answered()
		return &Refused{Reason: said.Msg}
	}
	if err == nil {
		p.health.answered()
		return nil
	}
	reason := plain(err).Error()
	if errors.Is(err, context.DeadlineExceeded) {
		reason = fmt.Sprintf("no answer within %s", questionTime)
	}
	p.health.unanswered(reason, func() error { return p.greet(ctx) })
	return &Unanswered{Reason: reason}
}

// plain makes an error of the client short, and does not repeat the address.
func plain(err error) error {
	var said *v1.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said) && said.Type == v1.ErrBadResponse:
		return fmt.Errorf("not a Prometheus API: %s", said.Msg)
	case said != nil && said.Detail != "":
		return fmt.Errorf("%w: %.200s", err, strings.TrimSpace(said.Detail))
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
