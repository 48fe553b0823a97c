package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"gaugewright/internal/report"
	"gaugewright/internal/web"
)

// asker asks one server.
type asker struct {
	client  *http.Client
	address *url.URL
	left    atomic.Int64 // bytes of all further answers
	secrets *web.Secrets
	isLong  bool // the secret, so that it is no word of the boards themselves
}

// longSecret is the number of bytes from which a secret is replaced in boards too.
const longSecret = 8

func (g *Grafana) asker() *asker {
	base := g.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	server := web.Server{Address: g.Address, User: g.User, Secrets: g.Secrets}
	if g.Token != "" {
		server.Headers = http.Header{"Authorization": {"Bearer " + g.Token}}
	}
	password, _ := g.User.Password()
	a := &asker{client: server.Client(base), address: g.Address, secrets: g.Secrets, isLong: len(g.Token+password) >= longSecret}
	a.left.Store(maxTotal)
	return a
}

// get asks for a path and reads its JSON into a value.
func (a *asker) get(ctx context.Context, value any, query url.Values, path ...string) error {
	limited, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	data, err := a.answer(limited, query, path)
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		return fmt.Errorf("the server took more than %s in all: name some boards with -uid", totalTime)
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil && err != nil:
		return fmt.Errorf("no answer within %s", questionTime)
	case err != nil:
		return err
	}
	if err := json.Unmarshal(data, value); err != nil {
		return fmt.Errorf("the answer is not the JSON of a Grafana: %w: check the address", err)
	}
	return nil
}

func (a *asker) answer(ctx context.Context, query url.Values, path []string) ([]byte, error) {
	address := a.address.JoinPath(path...)
	address.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	response, err := a.client.Do(request)
	if err != nil {
		return nil, plain(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("the answer is cut off after %s", report.Count(len(data), "byte"))
	case err != nil:
		return nil, err
	case response.StatusCode != http.StatusOK:
		return nil, a.refused(response, data)
	case a.left.Add(-int64(len(data))) < 0:
		return nil, fmt.Errorf("more than %d MiB of answers in all: name some boards with -uid", maxTotal>>20)
	}
	if a.isLong { // here, before a title is cut in the middle of it
		data = []byte(a.secrets.Replacer().Replace(string(data)))
	}
	return data, nil
}

// plain leaves out what the client says of the request, and names a redirect to the log-in as what it is.
func plain(err error) error {
	var redirect *web.Redirect
	if errors.As(err, &redirect) {
		if strings.HasSuffix(strings.TrimRight(redirect.To.Path, "/"), "/login") {
			return &refusal{status: http.StatusUnauthorized, said: "it asks for a log-in"}
		}
		return redirect
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var network *net.OpError
	if errors.As(err, &network) && network.Op == "dial" {
		return fmt.Errorf("%w: is a Grafana running there?", err)
	}
	return err
}

var errNoBoard = errors.New("the answer is no board: check the address")

// refusal is an answer that is no success.
type refusal struct {
	status      int
	said, after string // the server's message; Retry-After
}

// mends say what a person can do.
var mends = map[int]string{
	http.StatusUnauthorized:    "set GRAFANA_TOKEN to a token of a service account, or name a file with -live-token-file",
	http.StatusForbidden:       "the service account needs to read dashboards: the role Viewer, or dashboards:read",
	http.StatusTooManyRequests: "it is asked too often: try again later",
}

const maxSaid = 200 // bytes of a server's message

func (a *asker) refused(r *http.Response, data []byte) error {
	var body struct{ Message string }
	said := strings.TrimSpace(string(data))
	if json.Unmarshal(data, &body) == nil {
		said = body.Message
	}
	said = a.secrets.Replacer().Replace(said) // before it is cut
	if strings.HasPrefix(said, "<") {
		said = "" // a page for people
	}
	if len(said) > maxSaid {
		said = strings.ToValidUTF8(said[:maxSaid], "") + "…"
	}
	return &refusal{status: r.StatusCode, said: said, after: r.Header.Get("Retry-After")}
}

func (r *refusal) Error() string {
	text := strings.TrimSpace(fmt.Sprintf("%d %s", r.status, http.StatusText(r.status)))
	if r.said != "" {
		text += ": " + report.Shown(r.said)
	}
	if r.after != "" {
		text += ": Retry-After: " + report.Shown(r.after)
	}
	if mend := mends[r.status]; mend != "" {
		text += ": " + mend
	}
	return text
}

// isNotFound reports whether the server does not have what was asked for.
func isNotFound(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.status == http.StatusNotFound
}
