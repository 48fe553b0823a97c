package source

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/prometheus/common/config"

	"gaugewright/internal/input"
	"gaugewright/internal/web"
)

// keepSecret adds the configuration's secrets: those in the text, in the files that it names, and passwords in URLs.
func (a *Access) keepSecret() error {
	c := a.config
	proxies := []config.ProxyConfig{c.ProxyConfig}
	keys := []config.TLSConfig{c.TLSConfig}
	var texts []config.Secret
	var files []string
	if b := c.BasicAuth; b != nil {
		texts, files = append(texts, b.Password), append(files, b.PasswordFile)
	}
	if b := c.Authorization; b != nil {
		texts, files = append(texts, b.Credentials), append(files, b.CredentialsFile)
	}
	if o := c.OAuth2; o != nil {
		texts = append(texts, o.ClientSecret, o.ClientCertificateKey)
		files = append(files, o.ClientSecretFile, o.ClientCertificateKeyFile)
		proxies, keys = append(proxies, o.ProxyConfig), append(keys, o.TLSConfig)
		for _, value := range o.EndpointParams {
			texts = append(texts, config.Secret(value))
		}
		if u, err := url.Parse(o.TokenURL); err == nil {
			addPassword(a.secrets, u)
		}
	}
	if h := c.HTTPHeaders; h != nil {
		for name, header := range h.Headers {
			texts, files = append(texts, header.Secrets...), append(files, header.Files...)
			for _, value := range header.Values {
				a.secrets.AddHeader(name, value)
			}
		}
	}
	for _, k := range keys {
		texts = append(texts, k.Key)
	}
	for _, p := range proxies {
		addPassword(a.secrets, p.ProxyURL.URL)
		for _, values := range p.ProxyConnectHeader {
			texts = append(texts, values...)
		}
	}
	return addAll(a.secrets, texts, files)
}

func addPassword(s *web.Secrets, u *url.URL) {
	if u == nil {
		return
	}
	if password, ok := u.User.Password(); ok {
		s.Add(password)
	}
}

func addAll(s *web.Secrets, texts []config.Secret, files []string) error {
	for _, text := range texts {
		s.Add(strings.TrimSpace(string(text)))
	}
	for _, path := range files {
		if path == "" {
			continue
		}
		text, err := input.File(path, input.Secret)
		if err != nil {
			return err
		}
		s.Add(strings.TrimSpace(string(text)))
	}
	return nil
}

var quoted = regexp.MustCompile("`[^`]*`")

// withoutValues takes the values out of an error of YAML, which quotes them.
func withoutValues(err error) string { return quoted.ReplaceAllString(err.Error(), "a value") }
