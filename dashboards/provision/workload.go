package provision

import (
	"fmt"
	"time"
)

// The types below are the part of Kubernetes' apps/v1 Deployment and v1 Service that is generated:
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/

type deploymentSpec struct {
	Selector labelSelector `yaml:"selector"`
	Template podTemplate   `yaml:"template"`
}

type labelSelector struct {
	MatchLabels map[string]string `yaml:"matchLabels,omitempty"` // without any it selects all
}

type podTemplate struct {
	Metadata podMetadata `yaml:"metadata"`
	Spec     podSpec     `yaml:"spec"`
}

type podMetadata struct {
	Labels map[string]string `yaml:"labels"`
}

type podSpec struct {
	AutomountServiceAccountToken  bool               `yaml:"automountServiceAccountToken"`
	EnableServiceLinks            bool               `yaml:"enableServiceLinks"`
	TerminationGracePeriodSeconds int                `yaml:"terminationGracePeriodSeconds"`
	SecurityContext               podSecurityContext `yaml:"securityContext"`
	Containers                    []container        `yaml:"containers"`
}

type podSecurityContext struct {
	RunAsNonRoot   bool           `yaml:"runAsNonRoot"`
	RunAsUser      int            `yaml:"runAsUser"`
	RunAsGroup     int            `yaml:"runAsGroup"`
	SeccompProfile seccompProfile `yaml:"seccompProfile"`
}

type seccompProfile struct {
	Type string `yaml:"type"`
}

type container struct {
	Name            string          `yaml:"name"`
	Image           string          `yaml:"image"`
	ImagePullPolicy string          `yaml:"imagePullPolicy"`
	Args            []string        `yaml:"args,omitempty"`
	Env             []envVar        `yaml:"env"`
	Ports           []containerPort `yaml:"ports,omitempty"`
	StartupProbe    *probe          `yaml:"startupProbe,omitempty"`
	ReadinessProbe  *probe          `yaml:"readinessProbe,omitempty"`
	LivenessProbe   *probe          `yaml:"livenessProbe,omitempty"`
	Lifecycle       *lifecycle      `yaml:"lifecycle,omitempty"`
	Resources       resources       `yaml:"resources"`
	SecurityContext securityContext `yaml:"securityContext"`
}

type envVar struct {
	Name  string `yaml:"name"`
	Value string `yaml:"value"`
}

type containerPort struct {
	Name          string `yaml:"name"`
	ContainerPort int    `yaml:"containerPort"`
}

type probe struct {
	HTTPGet          httpGet `yaml:"httpGet"`
	PeriodSeconds    int     `yaml:"periodSeconds"`
	TimeoutSeconds   int     `yaml:"timeoutSeconds"`
	FailureThreshold int     `yaml:"failureThreshold"`
}

type httpGet struct {
	Path string `yaml:"path"`
	Port string `yaml:"port"` // by name
}

type lifecycle struct {
	PreStop preStop `yaml:"preStop"`
}

type preStop struct {
	Sleep sleepAction `yaml:"sleep"`
}

type sleepAction struct {
	Seconds int `yaml:"seconds"`
}

type resources struct {
	Requests resourceList `yaml:"requests"`
	Limits   resourceList `yaml:"limits"`
}

type resourceList struct {
	CPU    string `yaml:"cpu"`
	Memory string `yaml:"memory"`
	Disk   string `yaml:"ephemeral-storage"`
}

type securityContext struct {
	AllowPrivilegeEscalation bool         `yaml:"allowPrivilegeEscalation"`
	ReadOnlyRootFilesystem   bool         `yaml:"readOnlyRootFilesystem"`
	Capabilities             capabilities `yaml:"capabilities"`
}

type capabilities struct {
	Drop []string `yaml:"drop"`
}

type serviceSpec struct {
	Selector map[string]string `yaml:"selector"`
	Ports    []servicePort     `yaml:"ports"`
}

type servicePort struct {
	Name       string `yaml:"name"`
	Port       int    `yaml:"port"`
	TargetPort string `yaml:"targetPort"` // by name
}

// nameLabel is the label that says what an object is.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
const nameLabel = "app.kubernetes.io/name"

// leaveSeconds is how long a stopping pod still accepts requests: a proxy may not know yet that it stops.
const leaveSeconds = 3

// trafficMemory is the limit of the container that sends requests, in MiB, as in compose.yml.
const trafficMemory = 128

// logSpace is the room on the node's disk. A container writes only its log there, of which the kubelet keeps five files
// of 10 MiB: https://kubernetes.io/docs/concepts/cluster-administration/logging/
const logSpace = "128Mi"

// workload returns the namespace, the service and its clients; nothing if the service runs already.
func (c cluster) workload() []manifest {
	if c.Image == "" {
		return nil
	}
	manifests := []manifest{
		c.namespace(),
		c.deployment(c.service, c.Labels, leaveSeconds, c.serving()),
		{
			file: "service.yaml", APIVersion: "v1", Kind: "Service",
			Metadata: metadata{Name: c.service, Namespace: c.Namespace, Labels: c.Labels},
			Spec: serviceSpec{
				Selector: c.Labels,
				Ports:    []servicePort{{Name: c.Port, Port: c.port, TargetPort: c.Port}},
			},
		},
		c.serves(),
	}
	if len(c.Traffic) > 0 {
		name := c.service + "-traffic"
		sending := c.container("traffic", trafficMemory)
		sending.Args = c.Traffic
		labels := map[string]string{nameLabel: name}
		manifests = append(manifests, c.deployment(name, labels, 0, sending), c.sends(name, labels))
	}
	return manifests
}

// namespace refuses pods with more rights than Pod Security's level "restricted" allows.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
func (c cluster) namespace() manifest {
	labels := map[string]string{}
	for _, mode := range []string{"enforce", "audit", "warn"} {
		labels["pod-security.kubernetes.io/"+mode] = "restricted"
	}
	return manifest{
		file: "00-namespace.yaml", APIVersion: "v1", Kind: "Namespace",
		Metadata: metadata{Name: c.Namespace, Labels: labels},
	}
}

// deployment does not set the number of replicas: it is one until somebody scales it, and then stays.
func (c cluster) deployment(name string, labels map[string]string, leave int, runs container) manifest {
	return manifest{
		file: "deployment.yaml", APIVersion: "apps/v1", Kind: "Deployment",
		Metadata: metadata{Name: name, Namespace: c.Namespace, Labels: labels},
		Spec: deploymentSpec{
			Selector: labelSelector{MatchLabels: labels},
			Template: podTemplate{
				Metadata: podMetadata{Labels: labels},
				Spec: podSpec{
					TerminationGracePeriodSeconds: leave + int(c.Grace.Round(time.Second).Seconds()),
					SecurityContext: podSecurityContext{
						RunAsNonRoot: true, RunAsUser: c.User, RunAsGroup: c.User, SeccompProfile: seccompProfile{"RuntimeDefault"},
					},
					Containers: []container{runs},
				},
			},
		},
	}
}

// serving is the service's container. It has 30 seconds to start, leaves the Service after ten seconds without an
// answer, and restarts after 50.
func (c cluster) serving() container {
	asked := func(period, failures int) *probe {
		return &probe{httpGet{c.Health, c.Port}, period, 3, failures}
	}
	serves := c.container("app", c.Memory)
	serves.Ports = []containerPort{{c.Port, c.port}}
	serves.StartupProbe = asked(1, 30)
	serves.ReadinessProbe = asked(5, 2)
	serves.LivenessProbe = asked(10, 5)
	serves.Lifecycle = &lifecycle{preStop{sleepAction{leaveSeconds}}}
	return serves
}

// container may use all its memory and ten times its reserved CPU. Nine tenths of the memory are for Go's heap and
// stacks, so that the collector works harder before the kernel ends the process.
func (c cluster) container(name string, memory int) container {
	limit := fmt.Sprintf("%dMi", memory)
	return container{
		Name:            name,
		Image:           c.Image,
		ImagePullPolicy: "IfNotPresent",
		Env:             []envVar{{"GOMEMLIMIT", fmt.Sprintf("%dMiB", memory*9/10)}},
		Resources: resources{
			Requests: resourceList{CPU: fmt.Sprintf("%dm", c.CPU), Memory: limit, Disk: logSpace},
			Limits:   resourceList{CPU: fmt.Sprintf("%dm", 10*c.CPU), Memory: limit, Disk: logSpace},
		},
		SecurityContext: securityContext{ReadOnlyRootFilesystem: true, Capabilities: capabilities{Drop: []string{"ALL"}}},
	}
}
