package scrape

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The Accept headers that Prometheus 3 sends by default, and when native histograms are enabled. One difference: they
// do not ask for escaping in protobuf, so names with dots come only in text.
const (
	acceptText = openMetricsType + ";version=1.0.0;escaping=allow-utf-8;q=0.6," +
		openMetricsType + ";version=0.0.1;q=0.5," +
		textType + ";version=1.0.0;escaping=allow-utf-8;q=0.4," + textType + ";version=0.0.4;q=0.3,*/*;q=0.2"
	acceptNative = protobufType + ";proto=io.prometheus.client.MetricFamily;encoding=delimited;" +
		"escaping=allow-utf-8;q=0.7," + acceptText
)

const (
	userAgent    = "gaugewright"
	maxRedirects = 3
)

// Fetch gets and reads the page at the URL, within MaxTime. Its errors contain the URL without a password. A nil
// client means a plain one. Like Prometheus, it asks for OpenMetrics first.
func Fetch(ctx context.Context, client *http.Client, url string) ([]Family, error) {
	return fetch(ctx, client, url, acceptText)
}

// FetchNative is Fetch, but asks for protobuf first: only protobuf has native histograms.
func FetchNative(ctx context.Context, client *http.Client, url string) ([]Family, error) {
	return fetch(ctx, client, url, acceptNative)
}

func fetch(ctx context.Context, client *http.Client, address, accept string) ([]Family, error) {
	ctx, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("bad URL: %w", cause(err)) // without the URL, which may have a password in it
	}
	request.Header.Set("Accept", accept)
	request.Header.Set("Accept-Encoding", "gzip") // Read uncompresses
	request.Header.Set("User-Agent", userAgent)

	started := time.Now()
	families, err := do(client, request)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("the page did not end within %s", time.Since(started).Round(time.Millisecond))
	}
	if errors.Is(err, ErrWebPage) && !strings.HasSuffix(request.URL.Path, "/metrics") {
		meant := url.URL{Scheme: request.URL.Scheme, Host: request.URL.Host, Path: "/metrics"}
		err = fmt.Errorf("%w; did you mean %s?", err, meant.String())
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", request.URL.Redacted(), err)
	}
	return families, nil
}

func do(client *http.Client, request *http.Request) ([]Family, error) {
	response, err := fewRedirects(client).Do(request)
	if err != nil {
		return nil, cause(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answered %s%s", response.Status, firstLine(response.Body))
	}
	if encoding := response.Header.Get("Content-Encoding"); encoding != "" && encoding != "gzip" && encoding != "identity" {
		return nil, fmt.Errorf("the page is encoded as %s; only gzip is supported", quoted(encoding))
	}
	return Read(response.Body, response.Header.Get("Content-Type"))
}

// cause returns err without the method and URL that net/http adds.
func cause(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// fewRedirects returns a copy of the client that limits redirects, unless the client has its own rule.
func fewRedirects(client *http.Client) *http.Client {
	var limited http.Client
	if client != nil {
		limited = *client
	}
	if limited.CheckRedirect == nil {
		limited.CheckRedirect = func(_ *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return fmt.Errorf("more than %d redirects", maxRedirects)
			}
			return nil
		}
	}
	return &limited
}

// firstLine returns ": " and the quoted first line of an error response, or an empty text.
func firstLine(body io.Reader) string {
	line, _ := bufio.NewReader(io.LimitReader(body, 4096)).ReadString('\n')
	if line = strings.TrimSpace(line); line == "" {
		return ""
	}
	return ": " + quoted(line)
}
