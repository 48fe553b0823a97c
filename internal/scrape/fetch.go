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

	"gaugewright/internal/web"
)

// The Accept headers of Prometheus 3.16 by default, and with scrape_native_histograms. In protobuf it does not ask for
// names with dots, so a service escapes those.
const (
	acceptText = openMetricsType + ";version=1.0.0;escaping=allow-utf-8;q=0.7," +
		openMetricsType + ";version=0.0.1;q=0.6," +
		textType + ";version=1.0.0;escaping=allow-utf-8;q=0.5," + textType + ";version=0.0.4;q=0.4,*/*;q=0.3"
	acceptNative = protobufType + ";proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7," +
		openMetricsType + ";version=1.0.0;escaping=allow-utf-8;q=0.6," +
		openMetricsType + ";version=0.0.1;q=0.5," +
		textType + ";version=1.0.0;escaping=allow-utf-8;q=0.4," + textType + ";version=0.0.4;q=0.3,*/*;q=0.2"
)

const userAgent = "gaugewright"

// Fetch is Reader.Fetch without a limit of its own and without the remarks.
func Fetch(ctx context.Context, client *http.Client, url string) ([]Family, error) {
	page, err := Reader{Client: client}.Fetch(ctx, url)
	return page.Families, err
}

// Fetch gets and reads the page at the URL, within maxTime. Its errors contain the URL without a password.
func (r Reader) Fetch(ctx context.Context, address string) (Page, error) {
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Page{}, fmt.Errorf("bad URL: %w", cause(err)) // without the URL, which may have a password in it
	}
	request.Header.Set("Accept", acceptText)
	if r.Native {
		request.Header.Set("Accept", acceptNative)
	}
	request.Header.Set("Accept-Encoding", "gzip") // read uncompresses
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("X-Prometheus-Scrape-Timeout-Seconds", fmt.Sprint(maxTime.Seconds()))

	started := time.Now()
	page, err := r.do(request)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("the page did not end within %s", time.Since(started).Round(time.Millisecond))
	}
	if errors.Is(err, errWebPage) && !strings.HasSuffix(request.URL.Path, "/metrics") {
		meant := url.URL{Scheme: request.URL.Scheme, Host: request.URL.Host, Path: "/metrics"}
		err = fmt.Errorf("%w; did you mean %s?", err, meant.String())
	}
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", request.URL.Redacted(), err)
	}
	return page, nil
}

func (r Reader) do(request *http.Request) (Page, error) {
	client := r.Client
	if client == nil {
		client = &http.Client{Transport: web.Retries(http.DefaultTransport)}
	}
	response, err := client.Do(request)
	if err != nil {
		return Page{}, cause(err)
	}
	defer response.Body.Close()
	var secrets web.Secrets
	secrets.AddURL(request.URL)
	web.Redact(response, &secrets)
	if response.StatusCode != http.StatusOK {
		return Page{}, fmt.Errorf("the server answered %s%s%s", response.Status, firstLine(response.Body), advice[response.StatusCode])
	}
	page, err := r.read(response.Body, response.Header)
	if last := response.Request.URL; err != nil && last.String() != request.URL.String() {
		err = fmt.Errorf("the server led to %s: %w", last.Redacted(), err)
	}
	return page, err
}

// advice is what to do about an answer that is no page.
var advice = map[int]string{
	http.StatusUnauthorized: "; the page needs a log-in: write http://user:password@host if it takes one",
	http.StatusForbidden:    "; the page needs a log-in or right of its own",
	http.StatusNotFound:     "; check the path: metrics are often at /metrics (Spring Boot: /actuator/prometheus)",
}

// cause returns err without the method and URL that net/http adds.
func cause(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// firstLine returns ": " and the quoted first line of an error response, or an empty text.
func firstLine(body io.Reader) string {
	line, _ := bufio.NewReader(io.LimitReader(body, 4096)).ReadString('\n')
	if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "<") {
		return ""
	}
	return ": " + quoted(line)
}
