package repository

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// composeFile holds the keys that compose.yml uses, as in the Compose specification. Decoding is strict: any other
// key, such as a misspelt one, is an error.
type composeFile struct {
	Name     string
	Common   any `yaml:"x-service"`
	Services map[string]service
	Networks map[string]struct{ Name string }
	Volumes  map[string]any
}

type service struct {
	Build, Image, User, Restart string
	PullPolicy                  string `yaml:"pull_policy"`
	Command                     any    // a string or a list
	Environment                 map[string]string
	Networks, Tmpfs, Ports      []string
	ReadOnly                    bool     `yaml:"read_only"`
	CapDrop                     []string `yaml:"cap_drop"`
	SecurityOpt                 []string `yaml:"security_opt"`
	MemLimit                    string   `yaml:"mem_limit"`
	PidsLimit                   int      `yaml:"pids_limit"`
	CPUs                        float64  `yaml:"cpus"`
	Logging                     struct {
		Driver  string
		Options map[string]string
	}
	StopGracePeriod string `yaml:"stop_grace_period"`
	Volumes         []mount
	Healthcheck     healthcheck
	DependsOn       map[string]struct{ Condition string } `yaml:"depends_on"`
}

type mount struct {
	Type, Source, Target string
	ReadOnly             bool `yaml:"read_only"`
	Bind                 struct {
		CreateHostPath *bool `yaml:"create_host_path"`
	}
}

type healthcheck struct {
	Test              []string
	Interval, Timeout string
	Retries           int
	StartPeriod       string `yaml:"start_period"`
	StartInterval     string `yaml:"start_interval"`
}

// The parts of the generated files that compose.yml must agree with.
type (
	prometheusFile struct {
		Global struct {
			ScrapeInterval     string `yaml:"scrape_interval"`
			EvaluationInterval string `yaml:"evaluation_interval"`
		}
		ScrapeConfigs []struct {
			JobName       string                       `yaml:"job_name"`
			StaticConfigs []struct{ Targets []string } `yaml:"static_configs"`
		} `yaml:"scrape_configs"`
	}
	dataSourceFile struct {
		Datasources []struct {
			Name, Type, URL, UID string
			IsDefault            bool `yaml:"isDefault"`
			JSONData             struct {
				TimeInterval string `yaml:"timeInterval"`
			} `yaml:"jsonData"`
		}
	}
	providerFile struct {
		Providers []struct {
			Options               struct{ Path string }
			UpdateIntervalSeconds int `yaml:"updateIntervalSeconds"`
		}
	}
)

// stack is everything that must agree, read from one tree.
type stack struct {
	tree       fs.FS
	text       string // compose.yml as it is written
	dockerfile string
	compose    composeFile
	prometheus prometheusFile
	sources    dataSourceFile
	providers  providerFile
	problems   []string
}

// checkStack returns what is wrong in a tree with compose.yml, Dockerfile, go.mod and the generated files.
func checkStack(tree fs.FS) []string {
	s := &stack{tree: tree}
	if err := s.read(); err != nil {
		return []string{err.Error()}
	}
	s.checkServices()
	s.checkLimits()
	s.checkImages()
	s.checkPorts()
	s.checkHealth()
	s.checkMounts()
	s.checkPrometheus()
	s.checkGrafana()
	s.checkSecrets()
	s.checkDockerfile()
	return s.problems
}

func (s *stack) read() error {
	compose, err := fs.ReadFile(s.tree, "compose.yml")
	if err != nil {
		return err
	}
	s.text = string(compose)
	strict := yaml.NewDecoder(bytes.NewReader(compose))
	strict.KnownFields(true)
	if err := strict.Decode(&s.compose); err != nil {
		return fmt.Errorf("compose.yml: %w", err)
	}
	dockerfile, err := fs.ReadFile(s.tree, "Dockerfile")
	if err != nil {
		return err
	}
	s.dockerfile = string(dockerfile)
	for name, into := range map[string]any{
		"provisioning/prometheus/prometheus.yml":       &s.prometheus,
		"provisioning/grafana/datasources/grafana.yml": &s.sources,
		"provisioning/grafana/dashboards/provider.yml": &s.providers,
	} {
		data, err := fs.ReadFile(s.tree, name)
		if err != nil {
			return fmt.Errorf("%w: go run ./cmd/gen writes it", err)
		}
		if err := yaml.Unmarshal(data, into); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// demand notes a problem if the condition does not hold.
func (s *stack) demand(holds bool, format string, args ...any) {
	if !holds {
		s.problems = append(s.problems, fmt.Sprintf(format, args...))
	}
}

var variable = regexp.MustCompile(`\$\{([A-Z_]+)(?::-([^}]*))?\}`)

// byDefault returns the text as Compose reads it with an empty environment.
func byDefault(text string) string { return variable.ReplaceAllString(text, "$2") }

// inTree returns the file of the tree that a service sees at one of its paths, through a mounted folder.
func (s *stack) inTree(service, file string) (string, bool) {
	for _, m := range s.compose.Services[service].Volumes {
		if rest, inside := strings.CutPrefix(file+"/", m.Target+"/"); inside && m.Type == "bind" {
			return path.Join(byDefault(m.Source), rest), true
		}
	}
	return "", false
}

// demandService requires that host:port is where the given service listens.
func (s *stack) demandService(what, hostPort, service string) {
	want := fmt.Sprintf("%s:%d", service, servers[service].port)
	s.demand(hostPort == want, "%s is %q, but the service is %s", what, hostPort, want)
}

// argument returns the value of a flag of Prometheus, written --name=value.
func argument(command any, name string) string {
	list, _ := command.([]any)
	for _, a := range list {
		if value, found := strings.CutPrefix(fmt.Sprint(a), name+"="); found {
			return value
		}
	}
	return ""
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}
