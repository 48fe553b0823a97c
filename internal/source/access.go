package source

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/common/config"

	"gaugewright/internal/input"
	"gaugewright/internal/web"
)

// Access is how to log in to a server. Load reads its files.
type Access struct {
	TokenFile, HeaderFile, CAFile string
	ConfigFile                    string // promtool's HTTP configuration
	User                          *url.Userinfo

	headers http.Header
	config  *config.HTTPClientConfig // nil without a file
	secrets *web.Secrets
	pause   time.Duration // before the second try; 0 is the usual one
	most    int           // bytes of an answer; 0 is the usual number
}

// IsEmpty reports whether no file is named.
func (a *Access) IsEmpty() bool {
	return a.TokenFile == "" && a.HeaderFile == "" && a.CAFile == "" && a.ConfigFile == ""
}

// Load reads the token and the headers from the files, or else from $PROMETHEUS_TOKEN and $PROMETHEUS_HEADERS. What is
// secret in them is added to the secrets; so is what is sent later.
func (a *Access) Load(s *web.Secrets) error {
	a.secrets, a.headers = s, http.Header{}
	if err := a.loadConfig(); err != nil {
		return err
	}
	if err := a.loadHeaders(); err != nil {
		return err
	}
	if a.logsIn() {
		return nil // the file's own log-in; a variable of the environment is for calls without the file
	}
	token, err := fileOr(a.TokenFile, "PROMETHEUS_TOKEN")
	if err != nil {
		return fmt.Errorf("-token-file: %w", err)
	}
	if token = strings.TrimSpace(token); token != "" {
		s.Add(token)
		a.headers.Set("Authorization", "Bearer "+token)
	}
	return nil
}

func (a *Access) loadHeaders() error {
	lines, err := fileOr(a.HeaderFile, "PROMETHEUS_HEADERS")
	if err != nil {
		return fmt.Errorf("-header-file: %w", err)
	}
	for number, line := range strings.Split(lines, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \t") {
			return fmt.Errorf("line %d of the headers: write Name: value", number+1)
		}
		value = strings.TrimSpace(value)
		a.headers.Add(name, value)
		a.secrets.AddHeader(name, value)
	}
	return nil
}

// loadConfig reads the HTTP configuration. An error of YAML may quote a secret, so only its line is kept.
func (a *Access) loadConfig() error {
	if a.ConfigFile == "" {
		return nil
	}
	text, err := input.SecretFile(a.ConfigFile)
	if err != nil {
		return fmt.Errorf("-http-config: %w", err)
	}
	a.config, err = config.LoadHTTPConfig(string(text))
	if err != nil {
		return fmt.Errorf("-http-config %s: %s", a.ConfigFile, withoutValues(err))
	}
	a.config.SetDirectory(filepath.Dir(a.ConfigFile))
	if err := a.keepSecret(); err != nil {
		return fmt.Errorf("-http-config %s: %w", a.ConfigFile, err)
	}
	switch {
	case a.CAFile != "":
		return errors.New("-ca-file and -http-config: write it in the configuration, as ca_file under tls_config")
	case a.logsIn() && a.TokenFile != "":
		return errors.New("-token-file and -http-config: both log in; name one")
	case a.logsIn() && a.User != nil:
		return errors.New("-prometheus with a user and -http-config: both log in; name one")
	}
	return nil
}

// logsIn reports whether the configuration has a log-in.
func (a *Access) logsIn() bool {
	return a.config != nil && (a.config.BasicAuth != nil || a.config.Authorization != nil || a.config.OAuth2 != nil)
}

func fileOr(path, variable string) (string, error) {
	if path == "" {
		return os.Getenv(variable), nil
	}
	text, err := input.SecretFile(path)
	return string(text), err
}
