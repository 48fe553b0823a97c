package repository

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

func (s *stack) checkServices() {
	want := []string{"api", "grafana", "prometheus", "traffic"}
	names := slices.Sorted(maps.Keys(s.compose.Services))
	s.demand(slices.Equal(names, want), "services are %v, want %v", names, want)
	s.demand(s.compose.Networks["go-network"].Name == "go-network", "the network is not named go-network")
	for _, name := range names {
		v := s.compose.Services[name]
		s.demand(slices.Equal(v.Networks, []string{"go-network"}), "%s: networks are %v, want go-network", name, v.Networks)
		s.demand(v.Restart == "unless-stopped", "%s: restart is %q, want unless-stopped", name, v.Restart)
		s.demand(v.ReadOnly, "%s: the root file system is not read-only", name)
		s.demand(slices.Contains(v.CapDrop, "ALL"), "%s: capabilities are not dropped", name)
		s.demand(slices.Contains(v.SecurityOpt, "no-new-privileges:true"), "%s: no no-new-privileges", name)
		if v.Image == servers["api"].image {
			s.demand(v.User == "", "%s: user is %q, want the Dockerfile's", name, v.User)
		} else {
			s.demand(numberedUser.MatchString(v.User), "%s: runs as root or as an unknown user: user is %q", name, v.User)
		}
	}
	s.demand(s.compose.Services["api"].Build == ".", "api: not built from the Dockerfile here")
	s.demand(s.compose.Services["traffic"].Image == servers["api"].image, "traffic: not the image of api")
	drives, _ := s.compose.Services["traffic"].Command.([]any)
	s.demand(fmt.Sprint(drives) == "[-traffic http://api:8000]", "traffic drives %v, want http://api:8000", drives)
}

// checkLimits requires that no service can use up the machine: its memory, processors, processes or disk.
func (s *stack) checkLimits() {
	for name, v := range s.compose.Services {
		s.demand(v.MemLimit != "", "%s: no mem_limit", name)
		s.demand(v.CPUs > 0, "%s: no cpus", name)
		s.demand(v.PidsLimit > 0, "%s: no pids_limit", name)
		s.demand(v.Logging.Driver == "json-file" && v.Logging.Options["max-size"] != "" && v.Logging.Options["max-file"] != "",
			"%s: the log is not rotated", name)
	}
	command := s.compose.Services["prometheus"].Command
	s.demand(argument(command, "--storage.tsdb.retention.time") != "", "prometheus: nothing says how long it keeps samples")
	s.demand(argument(command, "--storage.tsdb.retention.size") != "", "prometheus: nothing says how much it keeps")
}

// unpinned are the images whose digest is not known here: the repository's own, and one that was published too recently.
var unpinned = []string{servers["api"].image, servers["prometheus"].image}

var digest = regexp.MustCompile(`^[^@]+:[^@]+@sha256:[0-9a-f]{64}$`)

// checkImages requires a version of each image, and its digest where one is known.
func (s *stack) checkImages() {
	for name, v := range s.compose.Services {
		s.demand(slices.Contains(unpinned, v.Image) || digest.MatchString(v.Image), "%s: image %s has no digest", name, v.Image)
	}
	for _, from := range froms.FindAllStringSubmatch(s.dockerfile, -1) {
		s.demand(digest.MatchString(from[1]), "Dockerfile: %s has no digest", from[1])
	}
	_, version, _ := strings.Cut(servers["api"].image, ":")
	label := regexp.MustCompile(`image\.version="(.*?)"`).FindStringSubmatch(s.dockerfile)
	s.demand(label != nil && label[1] == version, "Dockerfile: the image's version is %q, want %s", label, version)
}

// froms matches the images that the Dockerfile begins with.
var froms = regexp.MustCompile(`(?m)^FROM (\S+)`)

// numberedUser matches uid:gid with a uid other than 0.
var numberedUser = regexp.MustCompile(`^[1-9]\d*:\d+$`)

func (s *stack) checkPorts() {
	for name, v := range s.compose.Services {
		server, serves := servers[name]
		if !serves {
			s.demand(len(v.Ports) == 0, "%s: ports %v are open, but nothing listens", name, v.Ports)
			continue
		}
		s.demand(v.Image == server.image, "%s: image is %s, want %s", name, v.Image, server.image)
		want := fmt.Sprintf("127.0.0.1:${%s:-%d}:%d", server.variable, server.port, server.port)
		s.demand(slices.Equal(v.Ports, []string{want}), "%s: ports are %v, want %s", name, v.Ports, want)
	}
}

func (s *stack) checkHealth() {
	for name, v := range s.compose.Services {
		h := v.Healthcheck
		s.demand(len(h.Test) > 1 && h.Interval != "" && h.Timeout != "" && h.Retries > 0 && h.StartPeriod != "" &&
			h.StartInterval != "", "%s: the health check needs test, interval, timeout, retries, start_period and start_interval", name)
		if len(h.Test) == 0 {
			continue
		}
		asks := host(h.Test[len(h.Test)-1])
		if server, serves := servers[name]; serves {
			s.demand(asks == fmt.Sprintf("127.0.0.1:%d", server.port), "%s: the health check asks %s", name, asks)
		} else {
			s.demandService(name+": health", asks, "api")
		}
		first := startsAfter[name]
		s.demand(first == "" || v.DependsOn[first].Condition == "service_healthy", "%s: starts before %s is healthy", name, first)
	}
	api := s.compose.Services["api"].Healthcheck
	s.demand(api.Interval == "30s" && api.Retries == 5, "api: health check every %s, %d retries", api.Interval, api.Retries)
	s.demand(slices.Contains(api.Test, "curl") && slices.Contains(api.Test, "http://127.0.0.1:8000/health"),
		"api: health is not curl on /health: %v", api.Test)
}

func (s *stack) checkMounts() {
	for name, v := range s.compose.Services {
		for _, m := range v.Volumes {
			if m.Type == "volume" {
				_, declared := s.compose.Volumes[m.Source]
				s.demand(declared, "%s: the volume %s is not declared", name, m.Source)
				continue
			}
			s.demand(m.ReadOnly, "%s: %s is not mounted read-only", name, m.Source)
			s.demand(m.Bind.CreateHostPath != nil && !*m.Bind.CreateHostPath, "%s: %s: no create_host_path: false", name, m.Source)
			s.demand(strings.HasPrefix(m.Source, "${PROVISIONING:-./provisioning}/"), "%s: %s is not under PROVISIONING", name, m.Source)
			info, err := fs.Stat(s.tree, path.Clean(byDefault(m.Source)))
			s.demand(err == nil && info.IsDir(), "%s: %s is not a folder: %v", name, m.Source, err)
		}
	}
}

func (s *stack) checkPrometheus() {
	command := s.compose.Services["prometheus"].Command
	config, mounted := s.inTree("prometheus", argument(command, "--config.file"))
	s.demand(mounted && config == "provisioning/prometheus/prometheus.yml", "/etc/prometheus/prometheus.yml is %q here", config)
	data := argument(command, "--storage.tsdb.path")
	kept := slices.ContainsFunc(s.compose.Services["prometheus"].Volumes, func(m mount) bool {
		return m.Type == "volume" && m.Target == data
	})
	s.demand(kept, "prometheus: its data, in %s, is not in a named volume", data)
	list, _ := command.([]any)
	s.demand(slices.Contains(list, any("--config.auto-reload")), "prometheus: --config.auto-reload is missing")
	s.demandQuick("prometheus: reloads after", argument(command, "--config.auto-reload-interval"))

	global := s.prometheus.Global
	s.demand(global.EvaluationInterval == global.ScrapeInterval, "evaluation every %s, scrape every %s",
		global.EvaluationInterval, global.ScrapeInterval)
	for _, job := range s.prometheus.ScrapeConfigs {
		s.demand(job.JobName == "myapp", "prometheus.yml: the job is %q, want myapp", job.JobName)
		for _, static := range job.StaticConfigs {
			s.demandService("prometheus.yml: the target", strings.Join(static.Targets, ", "), "api")
		}
	}
	s.demand(len(s.prometheus.ScrapeConfigs) == 1 && len(s.prometheus.ScrapeConfigs[0].StaticConfigs) == 1,
		"prometheus.yml: want one job with one list of targets")
}

// demandQuick requires a wait that is short enough for an edit to be visible in time. An edit may need two scans.
func (s *stack) demandQuick(what, wait string) {
	d, err := time.ParseDuration(wait)
	s.demand(err == nil && d > 0 && 2*d < onScreen, "%s %s: too late for %v", what, wait, onScreen)
}

func (s *stack) checkGrafana() {
	s.demand(len(s.sources.Datasources) == 1, "grafana.yml: %d data sources, want one", len(s.sources.Datasources))
	for _, d := range s.sources.Datasources {
		s.demandService("grafana.yml: the data source's URL", host(d.URL), "prometheus")
		s.demand(d.Name == "Prometheus (Main)" && d.Type == "prometheus", "grafana.yml: %s of type %s", d.Name, d.Type)
		s.demand(d.IsDefault, "grafana.yml: no default data source")
		s.demand(d.UID != "", "grafana.yml: the uid is not pinned")
		scrape := s.prometheus.Global.ScrapeInterval
		s.demand(d.JSONData.TimeInterval == scrape, "grafana.yml: timeInterval is %s, the scrape interval %s",
			d.JSONData.TimeInterval, scrape)
	}
	s.demand(len(s.providers.Providers) == 1, "provider.yml: %d providers, want one", len(s.providers.Providers))
	for _, p := range s.providers.Providers {
		folder, mounted := s.inTree("grafana", p.Options.Path)
		boards, _ := fs.Glob(s.tree, path.Join(folder, "*.json"))
		s.demand(mounted && len(boards) > 0, "provider.yml: %s has no boards: it is %q here", p.Options.Path, folder)
		s.demandQuick("provider.yml: rescans after", (time.Duration(p.UpdateIntervalSeconds) * time.Second).String())
	}
	s.checkGrafanaSettings()
}

func (s *stack) checkGrafanaSettings() {
	environment := s.compose.Services["grafana"].Environment
	home, mounted := s.inTree("grafana", environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
	_, err := fs.Stat(s.tree, home)
	s.demand(mounted && err == nil && path.Base(home) == "go-overview.json", "grafana: home is %q, want the Overview: %v", home, err)
	for name, want := range map[string]string{
		"GF_USERS_ALLOW_SIGN_UP":    "false",
		"GF_AUTH_ANONYMOUS_ENABLED": "false",
		// It asks nobody on the internet.
		"GF_ANALYTICS_REPORTING_ENABLED":           "false",
		"GF_ANALYTICS_CHECK_FOR_UPDATES":           "false",
		"GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES":    "false",
		"GF_NEWS_NEWS_FEED_ENABLED":                "false",
		"GF_SNAPSHOTS_EXTERNAL_ENABLED":            "false",
		"GF_SECURITY_DISABLE_GRAVATAR":             "true",
		"GF_PLUGINS_PLUGIN_ADMIN_ENABLED":          "false",
		"GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED": "true",
		"GF_PLUGINS_PREINSTALL_AUTO_UPDATE":        "false",
		"GF_PLUGINS_PREINSTALL_DISABLED":           "true", // or the data source is gone, see compose.yml
	} {
		s.demand(environment[name] == want, "grafana: %s is %q, want %s", name, environment[name], want)
	}
}

// secret matches the names of settings whose values must not be in a file.
var secret = regexp.MustCompile(`PASSWORD|SECRET|TOKEN|_KEY$`)

func (s *stack) checkSecrets() {
	for service, v := range s.compose.Services {
		for name, value := range v.Environment {
			s.demand(!secret.MatchString(name) || value == "${GRAFANA_ADMIN_PASSWORD:-admin}",
				"%s: %s is not from the environment, or has another default than admin", service, name)
		}
	}
	for _, v := range variable.FindAllStringSubmatch(s.text, -1) {
		s.demand(strings.Contains(v[0], ":-"), "%s has no default: plain docker compose up would warn", v[1])
	}
}

// debian matches Docker's own Debian images. They are of one release, so that a binary built on one runs on the
// other.
var debian = regexp.MustCompile(`^(golang:[0-9.]+-bookworm|debian:bookworm-slim)@`)

func (s *stack) checkDockerfile() {
	expose := fmt.Sprintf("\nEXPOSE %d\n", servers["api"].port)
	s.demand(strings.Contains(s.dockerfile, expose), "Dockerfile: no EXPOSE %d", servers["api"].port)
	user := regexp.MustCompile(`(?m)^USER (.*)$`).FindStringSubmatch(s.dockerfile)
	s.demand(user != nil && numberedUser.MatchString(user[1]), "Dockerfile: USER is %q, want a number that is not 0", user)
	s.demand(!regexp.MustCompile(`(?m)^RUN.*go mod download`).MatchString(s.dockerfile),
		"Dockerfile: go mod download fetches what the service does not need")
	for _, from := range froms.FindAllStringSubmatch(s.dockerfile, -1) {
		s.demand(debian.MatchString(from[1]), "Dockerfile: %s is not a Debian image", from[1])
	}
	gomod, _ := fs.ReadFile(s.tree, "go.mod")
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(gomod)
	s.demand(version != nil && strings.Contains(s.dockerfile, "FROM golang:"+string(version[1])+"-"),
		"Dockerfile: another Go than go.mod's: %q", version)
}
