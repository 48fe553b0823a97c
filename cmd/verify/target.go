package main

import (
	"fmt"
	"net/url"
	"strings"
)

// jobAndURL splits JOB=URL. The job is empty for a URL alone, whose query may contain an equals sign.
func jobAndURL(text string) (job, address string) {
	if job, address, ok := strings.Cut(text, "="); ok && !strings.Contains(job, "/") {
		return strings.TrimSpace(job), address
	}
	return "", text
}

// address parses a flag's URL. A password in it is kept secret.
func (o *options) address(name, text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%s: not a URL; write http://host:port", name) // it may have a password in it
	}
	if password, ok := u.User.Password(); ok {
		o.secrets.Add(password)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%s %s: write http://host:port", name, u.Redacted())
	}
	return u, nil
}
