package source

import (
	"flag"
	"fmt"
	"net/url"
	"strings"
)

// Flags adds the flags that name the files of the log-in for a command's -prometheus.
func (a *Access) Flags(flags *flag.FlagSet) {
	flags.StringVar(&a.TokenFile, "token-file", "", "the `file` with the bearer token for -prometheus")
	flags.StringVar(&a.HeaderFile, "header-file", "", "the `file` with headers for -prometheus, one on a line")
	flags.StringVar(&a.CAFile, "ca-file", "", "the `file` with the CA certificates for -prometheus")
	flags.StringVar(&a.ConfigFile, "http-config", "", "the `file` with the HTTP configuration for -prometheus, as promtool reads it")
}

// ParsePrometheus reads a command's -prometheus, and loads the log-in. It returns nil for an empty text, without which
// there must be no log-in.
func (a *Access) ParsePrometheus(text string, s *Secrets) (*url.URL, error) {
	if text == "" {
		if !a.IsEmpty() {
			return nil, fmt.Errorf("-token-file, -header-file, -ca-file and -http-config are for -prometheus")
		}
		return nil, nil
	}
	u, err := ParseAddress("-prometheus", text, s)
	if err != nil {
		return nil, err
	}
	a.User, u.User = u.User, nil
	return u, a.Load(s)
}

// ParseAddress parses the URL of a flag. A password in it is kept secret.
func ParseAddress(flag, text string, s *Secrets) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%s: not a URL; write http://host:port", flag) // it may have a password in it
	}
	if password, ok := u.User.Password(); ok {
		s.Add(password)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%s %s: write http://host:port", flag, u.Redacted())
	}
	return u, nil
}
