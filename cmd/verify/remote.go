package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"

	"gaugewright/internal/grafana/view"
)

// Limits for the questions to a server.
const (
	greetingTime = 10 * time.Second // to get the first answer
	questionTime = 30 * time.Second // to get any other
	questions    = 4                // at once
	maxAnswer    = 64 << 20         // bytes
	maxSeries    = 1000             // of one selector whose labels are read
	maxUnheard   = 3                // timeouts until verify gives up on the server
)

// remote is a Prometheus, or a server with its API.
type remote struct {
	api     v1.API
	unheard atomic.Int32
}

// newRemote checks that a server answers at the address.
func newRemote(ctx context.Context, address *url.URL, a access) (*remote, error) {
	transport, err := a.transport(address)
	if err != nil {
		return nil, err
	}
	client, err := api.NewClient(api.Config{Address: address.String(), Client: &http.Client{
		Transport: transport,
		CheckRedirect: func(next *http.Request, _ []*http.Request) error {
			return fmt.Errorf("it redirects to %s: if that address is right, use it; nothing was sent there",
				next.URL.Redacted())
		},
	}})
	if err != nil {
		return nil, err
	}
	r := &remote{api: v1.NewAPI(client)}
	ctx, cancel := context.WithTimeout(ctx, greetingTime)
	defer cancel()
	if _, err := r.Instant(ctx, "vector(1)", time.Now()); err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return r, nil
}

func (r *remote) Parallel() int { return questions }

func (r *remote) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	var matches []string
	if selector != "" {
		matches = []string{selector}
	}
	values, _, _, err := r.api.LabelValues(ctx, label, matches, from, to)
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
	}
	return texts, r.judge(err)
}

func (r *remote) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	values, _, _, err := r.api.LabelNames(ctx, nil, from, to)
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = string(value)
	}
	return names, r.judge(err)
}

func (r *remote) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	sets, _, _, err := r.api.Series(ctx, []string{selector}, from, to, v1.WithLimit(maxSeries))
	all := make([]map[string]string, len(sets))
	for i, set := range sets {
		all[i] = texts(set)
	}
	return all, r.judge(err)
}

func (r *remote) Samples(ctx context.Context, query string, at time.Time) ([]view.Sample, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	value, _, _, err := r.api.Query(ctx, query, at)
	if err := r.judge(err); err != nil {
		return nil, err
	}
	var samples []view.Sample
	switch value := value.(type) {
	case model.Vector:
		for _, s := range value {
			samples = append(samples, view.Sample{Labels: texts(model.LabelSet(s.Metric)), Value: float64(s.Value)})
		}
	case *model.Scalar:
		samples = append(samples, view.Sample{Value: float64(value.Value)})
	}
	return samples, nil
}

func (r *remote) Instant(ctx context.Context, query string, at time.Time) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	value, warnings, infos, err := r.api.Query(ctx, query, at, v1.WithTimeout(questionTime))
	return answered(value, warnings, infos), r.judge(err)
}

func (r *remote) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	asked := v1.Range{Start: start, End: end, Step: step}
	value, warnings, infos, err := r.api.QueryRange(ctx, query, asked, v1.WithTimeout(questionTime))
	return answered(value, warnings, infos), r.judge(err)
}

// judge separates errors about the query from errors that end the run.
func (r *remote) judge(err error) error {
	var answered *v1.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answered) && (answered.Type == v1.ErrBadData || answered.Type == v1.ErrExec):
		return &view.Refused{Reason: answered.Msg}
	case errors.Is(err, context.DeadlineExceeded) && r.unheard.Add(1) < maxUnheard:
		return &view.Refused{Reason: fmt.Sprintf("no answer within %s", questionTime)}
	case answered != nil && answered.Type == v1.ErrBadResponse:
		return fmt.Errorf("not a Prometheus API: %s", answered.Msg)
	case answered != nil && answered.Detail != "":
		return fmt.Errorf("%w: %.200s", err, strings.TrimSpace(answered.Detail))
	}
	var wrapped *url.Error // repeats the URL
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
