package provision_test

import (
	"slices"
	"testing"

	core "k8s.io/api/core/v1"

	"gaugewright/dashboards"
)

// control is a point of Pod Security's level "restricted", which includes those of "baseline".
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
type control struct {
	name string
	// holds reports whether a pod with this one container complies.
	holds func(core.PodSpec, core.Container) bool
	// violate changes a pod so that it does not.
	violate func(*core.PodSpec, *core.Container)
}

func is(value *bool) bool { return value != nil && *value }

var baseline = []control{
	{"HostProcess", func(p core.PodSpec, c core.Container) bool {
		return p.SecurityContext.WindowsOptions == nil && c.SecurityContext.WindowsOptions == nil
	}, func(p *core.PodSpec, _ *core.Container) {
		p.SecurityContext.WindowsOptions = &core.WindowsSecurityContextOptions{HostProcess: new(true)}
	}},
	{"Host Namespaces", func(p core.PodSpec, _ core.Container) bool {
		return !p.HostNetwork && !p.HostPID && !p.HostIPC
	}, func(p *core.PodSpec, _ *core.Container) { p.HostPID = true }},
	{"Privileged Containers", func(_ core.PodSpec, c core.Container) bool {
		return !is(c.SecurityContext.Privileged)
	}, func(_ *core.PodSpec, c *core.Container) { c.SecurityContext.Privileged = new(true) }},
	{"HostPath Volumes", func(p core.PodSpec, _ core.Container) bool {
		return !slices.ContainsFunc(p.Volumes, func(v core.Volume) bool { return v.HostPath != nil })
	}, func(p *core.PodSpec, _ *core.Container) {
		p.Volumes = []core.Volume{{VolumeSource: core.VolumeSource{HostPath: &core.HostPathVolumeSource{Path: "/"}}}}
	}},
	{"Host Ports", func(_ core.PodSpec, c core.Container) bool {
		return !slices.ContainsFunc(c.Ports, func(p core.ContainerPort) bool { return p.HostPort != 0 })
	}, func(_ *core.PodSpec, c *core.Container) { c.Ports = []core.ContainerPort{{HostPort: 80}} }},
	{"Host Probes / Lifecycle Hooks", func(_ core.PodSpec, c core.Container) bool {
		return !slices.ContainsFunc(asked(c), func(host string) bool { return host != "" })
	}, func(_ *core.PodSpec, c *core.Container) {
		c.LivenessProbe = &core.Probe{ProbeHandler: core.ProbeHandler{HTTPGet: &core.HTTPGetAction{Host: "10.0.0.1"}}}
	}},
	{"AppArmor", func(p core.PodSpec, c core.Container) bool {
		return p.SecurityContext.AppArmorProfile == nil && c.SecurityContext.AppArmorProfile == nil
	}, func(_ *core.PodSpec, c *core.Container) {
		c.SecurityContext.AppArmorProfile = &core.AppArmorProfile{Type: core.AppArmorProfileTypeUnconfined}
	}},
	{"SELinux", func(p core.PodSpec, c core.Container) bool {
		return p.SecurityContext.SELinuxOptions == nil && c.SecurityContext.SELinuxOptions == nil
	}, func(p *core.PodSpec, _ *core.Container) {
		p.SecurityContext.SELinuxOptions = &core.SELinuxOptions{User: "root"}
	}},
	{"/proc Mount Type", func(_ core.PodSpec, c core.Container) bool {
		return c.SecurityContext.ProcMount == nil
	}, func(_ *core.PodSpec, c *core.Container) { c.SecurityContext.ProcMount = new(core.UnmaskedProcMount) }},
	{"Sysctls", func(p core.PodSpec, _ core.Container) bool {
		return len(p.SecurityContext.Sysctls) == 0
	}, func(p *core.PodSpec, _ *core.Container) {
		p.SecurityContext.Sysctls = []core.Sysctl{{Name: "kernel.msgmax", Value: "65536"}}
	}},
}

var restricted = []control{
	{"Volume Types", func(p core.PodSpec, _ core.Container) bool {
		return len(p.Volumes) == 0 // fewer than are allowed
	}, func(p *core.PodSpec, _ *core.Container) {
		p.Volumes = []core.Volume{{VolumeSource: core.VolumeSource{NFS: &core.NFSVolumeSource{}}}}
	}},
	{"Privilege Escalation", func(_ core.PodSpec, c core.Container) bool {
		allowed := c.SecurityContext.AllowPrivilegeEscalation
		return allowed != nil && !*allowed
	}, func(_ *core.PodSpec, c *core.Container) { c.SecurityContext.AllowPrivilegeEscalation = nil }},
	{"Running as Non-root", func(p core.PodSpec, c core.Container) bool {
		return is(p.SecurityContext.RunAsNonRoot) && c.SecurityContext.RunAsNonRoot == nil
	}, func(p *core.PodSpec, _ *core.Container) { p.SecurityContext.RunAsNonRoot = nil }},
	{"Running as Non-root user", func(p core.PodSpec, c core.Container) bool {
		user := p.SecurityContext.RunAsUser
		return user != nil && *user != 0 && c.SecurityContext.RunAsUser == nil
	}, func(_ *core.PodSpec, c *core.Container) { c.SecurityContext.RunAsUser = new(int64(0)) }},
	{"Seccomp", func(p core.PodSpec, c core.Container) bool {
		profile := p.SecurityContext.SeccompProfile
		return profile != nil && profile.Type == core.SeccompProfileTypeRuntimeDefault && c.SecurityContext.SeccompProfile == nil
	}, func(p *core.PodSpec, _ *core.Container) {
		p.SecurityContext.SeccompProfile.Type = core.SeccompProfileTypeUnconfined
	}},
	{"Capabilities", func(_ core.PodSpec, c core.Container) bool {
		capabilities := c.SecurityContext.Capabilities
		return capabilities != nil && slices.Contains(capabilities.Drop, "ALL") && len(capabilities.Add) == 0
	}, func(_ *core.PodSpec, c *core.Container) {
		c.SecurityContext.Capabilities.Add = []core.Capability{"NET_RAW"}
	}},
}

// asked are the hosts that the kubelet asks about a container.
func asked(c core.Container) (hosts []string) {
	ask := func(get *core.HTTPGetAction, dial *core.TCPSocketAction) {
		if get != nil {
			hosts = append(hosts, get.Host)
		}
		if dial != nil {
			hosts = append(hosts, dial.Host)
		}
	}
	for _, probe := range []*core.Probe{c.StartupProbe, c.ReadinessProbe, c.LivenessProbe} {
		if probe != nil {
			ask(probe.HTTPGet, probe.TCPSocket)
		}
	}
	if c.Lifecycle != nil {
		for _, hook := range []*core.LifecycleHandler{c.Lifecycle.PostStart, c.Lifecycle.PreStop} {
			if hook != nil {
				ask(hook.HTTPGet, hook.TCPSocket)
			}
		}
	}
	return hosts
}

// TestRestricted: every pod complies with every point, and a pod that violates a point is noticed.
func TestRestricted(t *testing.T) {
	for _, point := range slices.Concat(baseline, restricted) {
		c := appCluster(t, dashboards.App)
		for _, d := range c.deployments {
			pod := d.Spec.Template.Spec
			if len(pod.Containers) != 1 || len(pod.InitContainers)+len(pod.EphemeralContainers) > 0 || pod.SecurityContext == nil ||
				pod.Containers[0].SecurityContext == nil {
				t.Fatalf("%s: only pods of one container, with security contexts, are understood here", d.Name)
			}
			if !point.holds(pod, pod.Containers[0]) {
				t.Errorf("%s violates %q", d.Name, point.name)
			}
			point.violate(&pod, &pod.Containers[0])
			if point.holds(pod, pod.Containers[0]) {
				t.Errorf("%q: the violation is not noticed", point.name)
			}
		}
	}
}

// TestNamespaceIsRestricted: the API server refuses other pods, and warns of them.
func TestNamespaceIsRestricted(t *testing.T) {
	namespace := appCluster(t, dashboards.App).namespaces[0]
	for _, mode := range []string{"enforce", "audit", "warn"} {
		if level := namespace.Labels["pod-security.kubernetes.io/"+mode]; level != "restricted" {
			t.Errorf("%s: the level is %q", mode, level)
		}
	}
}
