package source

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"strings"

	"gaugewright/internal/web"
)

// Flags declares the flags with which a command logs in to the server that another flag names.
func (a *Access) Flags(flags *flag.FlagSet, server string) {
	flags.StringVar(&a.TokenFile, "token-file", "", "the `file` with the bearer token for "+server)
	flags.StringVar(&a.HeaderFile, "header-file", "", "the `file` with headers for "+server+", one on a line")
	flags.StringVar(&a.CAFile, "ca-file", "", "the `file` with the CA certificates for "+server)
	flags.StringVar(&a.ConfigFile, "http-config", "", "the `file` with the HTTP configuration for "+server+", as promtool reads it")
}

// Address reads the URL that a flag has. A password in it is kept secret.
func Address(secrets *web.Secrets, name, text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%s: not a URL; write http://host:port", name) // it may have a password in it
	}
	secrets.AddURL(u)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%s %s: write http://host:port", name, u.Redacted())
	}
	return u, nil
}

// ParsePrometheus reads a command's -prometheus, and loads the log-in. It returns nil for an empty text, without which
// there must be no log-in.
func (a *Access) ParsePrometheus(text string, secrets *web.Secrets) (*url.URL, error) {
	if text == "" {
		if !a.IsEmpty() {
			return nil, errors.New("-token-file, -header-file, -ca-file and -http-config are for -prometheus")
		}
		return nil, nil
	}
	u, err := Address(secrets, "-prometheus", text)
	if err != nil {
		return nil, err
	}
	a.User, u.User = u.User, nil
	return u, a.Load(secrets)
}
