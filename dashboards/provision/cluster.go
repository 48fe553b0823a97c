package provision

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
)

// cluster is a checked target as it runs in Kubernetes.
type cluster struct {
	dashboards.Kubernetes
	target   dashboards.Target
	name     string // of the target's own objects, from its job
	service  string // name of the Service and of the Deployment behind it, from the target's Address
	port     int
	jobLabel string // the Service's label whose value is the target's job
}

// fromOperator are the labels that the Operator gives to the series of a pod behind a Service.
// https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
var fromOperator = []metric.Label{"container", "endpoint", metric.InstanceLabel, metric.JobLabel, "namespace", "pod", "service"}

func newCluster(target dashboards.Target) (cluster, error) {
	c := cluster{Kubernetes: target.Kubernetes, target: target}
	var err error
	if c.name, err = objectName(target.Job); err != nil {
		return c, fmt.Errorf("Job %w", err)
	}
	if len(c.Labels) == 0 {
		c.Labels = map[string]string{nameLabel: target.Job}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Labels)) {
		if c.Labels[key] == target.Job && c.jobLabel == "" {
			c.jobLabel = key
		}
	}
	for _, label := range target.Identity {
		if target.Labels[string(label)] == "" && !slices.Contains(fromOperator, label) {
			return c, fmt.Errorf("nothing gives the label %s of the target's Identity: give its value in Labels", label)
		}
	}
	switch {
	case !dnsLabel.allows(c.Namespace):
		return c, fmt.Errorf("Namespace is %q: give up to 63 lower-case letters, digits and -", c.Namespace)
	case !labelValue.allows(target.Job):
		return c, fmt.Errorf("Job %q cannot be a label's value: give up to 63 letters, digits, -, _ and .", target.Job)
	case c.jobLabel == "":
		return c, fmt.Errorf("none of the Labels has the value %q, the target's Job: the Operator makes the job label from one, "+
			"so give the Service such a label", target.Job)
	case !portName.allows(c.Port):
		return c, fmt.Errorf("Port is %q: give the name of the Service's port, up to 15 lower-case letters, digits and -", c.Port)
	case c.Image == "":
		return c, nil
	}
	return c, c.checkWorkload()
}

// checkWorkload refuses values that are invalid in the Deployment or the Service.
func (c *cluster) checkWorkload() error {
	host, port, found := strings.Cut(c.target.Address, ":")
	if !found || !serviceDNS.allows(host) {
		return fmt.Errorf("Address is %q: its host becomes the Service's name, so give up to 63 lower-case letters, digits and - "+
			"that begin with a letter, and a port", c.target.Address)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	switch {
	case err != nil || number == 0:
		return fmt.Errorf("Address is %q: give a port from 1 to 65535", c.target.Address)
	case !strings.HasPrefix(c.Health, "/"):
		return fmt.Errorf("Health is %q: give the path that reports whether the service is well", c.Health)
	case c.Namespace == monitoringNamespace:
		return fmt.Errorf("Namespace is %q, where Prometheus and Grafana run: give the service one of its own, which can be removed",
			c.Namespace)
	case c.User < 1:
		return fmt.Errorf("User is %d: give the number of a user that is not root", c.User)
	case c.Memory < 16:
		return fmt.Errorf("Memory is %d MiB: give the container's limit, at least 16", c.Memory)
	case c.CPU < 1:
		return fmt.Errorf("CPU is %d: give the thousandths of a core to reserve", c.CPU)
	case c.Grace.Seconds() < 1:
		return fmt.Errorf("Grace is %s: give at least a second", c.Grace)
	}
	c.service, c.port = host, int(number)
	return nil
}

// objectName makes a uid or a job a name in the cluster, where fewer characters are allowed.
func objectName(text string) (string, error) {
	name := strings.NewReplacer("_", "-", ".", "-").Replace(strings.ToLower(text))
	if !dnsLabel.allows(name) {
		return "", fmt.Errorf("%q cannot be an object's name: begin and end it with a letter or digit", text)
	}
	return name, nil
}
