package provision_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
	core "k8s.io/api/core/v1"

	"gaugewright/dashboards"
)

// TestSafePods: no container has more rights or room than it needs. TestRestricted has what Pod Security demands.
func TestSafePods(t *testing.T) {
	for _, d := range appCluster(t, dashboards.App).deployments {
		pod := d.Spec.Template.Spec
		if pod.AutomountServiceAccountToken == nil || *pod.AutomountServiceAccountToken {
			t.Errorf("%s: a token for the API server is mounted", d.Name)
		}
		if s := pod.SecurityContext; *s.RunAsUser != 65532 || *s.RunAsGroup != 65532 {
			t.Errorf("%s: runs as %d:%d, not as the Dockerfile's user", d.Name, *s.RunAsUser, *s.RunAsGroup)
		}
		for _, c := range pod.Containers {
			if s := c.SecurityContext; s == nil || !*s.ReadOnlyRootFilesystem {
				t.Errorf("%s: it can write: %v", d.Name, s)
			}
			if c.ImagePullPolicy != core.PullIfNotPresent {
				t.Errorf("%s: the image, which no registry has, is pulled %s", d.Name, c.ImagePullPolicy)
			}
			checkRoom(t, d.Name, c)
		}
	}
}

// checkRoom: limited memory is also reserved, and Go's limit is nine tenths of it.
func checkRoom(t *testing.T, name string, c core.Container) {
	t.Helper()
	requests, limits := c.Resources.Requests, c.Resources.Limits
	memory := limits.Memory().Value()
	if memory < 64<<20 || requests.Memory().Value() != memory {
		t.Errorf("%s: memory %s of %s", name, requests.Memory(), limits.Memory())
	}
	if requests.Cpu().MilliValue() < 1 || limits.Cpu().Cmp(*requests.Cpu()) <= 0 {
		t.Errorf("%s: CPU %s of %s", name, requests.Cpu(), limits.Cpu())
	}
	if disk := limits.StorageEphemeral(); disk.Value() < 64<<20 || requests.StorageEphemeral().Cmp(*disk) != 0 {
		t.Errorf("%s: %s of %s on the node's disk", name, requests.StorageEphemeral(), disk)
	}
	at := slices.IndexFunc(c.Env, func(e core.EnvVar) bool { return e.Name == "GOMEMLIMIT" })
	if at < 0 {
		t.Fatalf("%s: no GOMEMLIMIT", name)
	}
	number, isMebi := strings.CutSuffix(c.Env[at].Value, "MiB")
	mebibytes, err := strconv.Atoi(number)
	if err != nil || !isMebi {
		t.Fatalf("%s: GOMEMLIMIT is %q", name, c.Env[at].Value)
	}
	if share := float64(mebibytes) * (1 << 20) / float64(memory); share < 0.88 || share > 0.9 {
		t.Errorf("%s: GOMEMLIMIT is %.2f of the limit", name, share)
	}
}

// TestProbes: each asks the service's health on a port that exists, and the service is stopped with the time that it needs.
func TestProbes(t *testing.T) {
	deployment, c := appCluster(t, dashboards.App).serving(t)
	for name, probe := range map[string]*core.Probe{
		"startup": c.StartupProbe, "readiness": c.ReadinessProbe, "liveness": c.LivenessProbe,
	} {
		if probe == nil || probe.HTTPGet == nil || probe.HTTPGet.Path != "/health" || probe.HTTPGet.Port.StrVal != c.Ports[0].Name {
			t.Errorf("the %s probe is %v", name, probe)
		}
		if path := "/health"; !slices.Contains(dashboards.App.HTTP.Probes, path) {
			t.Errorf("%s is asked by probes and counted as traffic", path)
		}
	}
	leave := c.Lifecycle.PreStop.Sleep.Seconds
	if got, want := *deployment.Spec.Template.Spec.TerminationGracePeriodSeconds, leave+10; leave < 1 || got != want {
		t.Errorf("the pod has %d seconds to stop and leaves for %d, want %d", got, leave, want)
	}
}

// TestNoLeakInCluster: the service runs without leak switches, and the other container only sends it requests.
func TestNoLeakInCluster(t *testing.T) {
	c := appCluster(t, dashboards.App)
	_, serves := c.serving(t)
	if len(serves.Args)+len(serves.Command) > 0 {
		t.Errorf("the service is started with %q %q", serves.Command, serves.Args)
	}
	for _, d := range c.deployments {
		for _, container := range d.Spec.Template.Spec.Containers {
			if strings.Contains(strings.Join(append(container.Args, container.Command...), " "), "leak") {
				t.Errorf("%s starts with %q", d.Name, container.Args)
			}
			if container.Name == "traffic" && !slices.Equal(container.Args, []string{"-traffic", "http://" + dashboards.App.Address}) {
				t.Errorf("the traffic goes to %q, want %s", container.Args, dashboards.App.Address)
			}
		}
	}
	if c.services[0].Name+":8000" != dashboards.App.Address {
		t.Errorf("the Service %s is not at the target's address %s", c.services[0].Name, dashboards.App.Address)
	}
}

// TestClusterAgreesWithCompose: images, memory and time to stop are the numbers of compose.yml.
func TestClusterAgreesWithCompose(t *testing.T) {
	text, err := os.ReadFile("../../compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]struct {
			Image           string
			MemLimit        string `yaml:"mem_limit"`
			StopGracePeriod string `yaml:"stop_grace_period"`
		}
	}
	if err := yaml.Unmarshal(text, &compose); err != nil {
		t.Fatal(err)
	}
	files := filesByPath(t, dashboards.App, dashboards.All...)
	image, digest, _ := strings.Cut(compose.Services["grafana"].Image, "@sha256:")
	_, tag, _ := strings.Cut(image, ":")
	if !strings.Contains(files["kubernetes/prometheus.yaml"], "    tag: "+tag+"\n    sha: "+digest+"\n") {
		t.Errorf("the Helm values do not have Grafana %s with the digest %s", tag, digest)
	}
	api := compose.Services["api"]
	if grace, err := time.ParseDuration(api.StopGracePeriod); err != nil || grace != dashboards.App.Kubernetes.Grace {
		t.Errorf("Compose gives %s to stop, the cluster %s", api.StopGracePeriod, dashboards.App.Kubernetes.Grace)
	}
	c := readCluster(t, files)
	for _, d := range c.deployments {
		container := d.Spec.Template.Spec.Containers[0]
		if container.Image != api.Image {
			t.Errorf("%s runs %s, Compose %s", d.Name, container.Image, api.Image)
		}
		if limit := container.Resources.Limits.Memory().String(); container.Name == "traffic" &&
			strings.TrimSuffix(limit, "i") != strings.ToUpper(compose.Services["traffic"].MemLimit) {
			t.Errorf("traffic has %s, in Compose %s", limit, compose.Services["traffic"].MemLimit)
		}
	}
}
