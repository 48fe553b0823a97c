package source

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"

	"github.com/prometheus/common/config"

	"gaugewright/internal/input"
	"gaugewright/internal/web"
)

// client logs in to the server at the address.
func (a Access) client(ctx context.Context, address *url.URL) (*http.Client, error) {
	base, err := a.base(ctx)
	if err != nil {
		return nil, err
	}
	server := web.Server{Address: address, User: a.User, Headers: a.headers, Secrets: a.secrets, Pause: a.pause, Most: a.most}
	client := server.Client(base)
	client.Transport = counting{client.Transport}
	return client, nil
}

// base returns the transport below the headers.
func (a Access) base(ctx context.Context) (http.RoundTripper, error) {
	if a.config != nil {
		base, err := config.NewRoundTripperFromConfigWithContext(ctx, *a.config, "verify")
		if err != nil {
			return nil, fmt.Errorf("-http-config %s: %w", a.ConfigFile, err)
		}
		return base, nil
	}
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = questionTime
	if a.CAFile != "" {
		certificates, err := input.SecretFile(a.CAFile)
		if err != nil {
			return nil, fmt.Errorf("-ca-file: %w", err)
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(certificates) {
			return nil, fmt.Errorf("-ca-file %s: no certificate found in it", a.CAFile)
		}
		base.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	return base, nil
}
