package dashboards

import "time"

// Kubernetes is what a cluster with the Prometheus Operator needs to know about the service, besides the rest of the
// target. The zero value writes no manifests.
type Kubernetes struct {
	// Namespace is the namespace of all objects. With an Image it is the service's own, and is made, with the
	// restrictions of Pod Security's level "restricted".
	Namespace string
	// Labels identify the Service that is scraped. One of them has the target's Job as its value: the Operator makes
	// the job label from it. By default there is only app.kubernetes.io/name, with the Job.
	Labels map[string]string
	// Port is the name of the Service's port that is scraped.
	Port string

	// Image is what the Deployment runs, with its version. If it is empty, a Deployment and a Service with the name and labels above
	// exist already: neither they nor a Namespace are written, and the rest of this struct is not used.
	Image string
	// Health is the path of the liveness and readiness checks.
	Health string
	// Memory is the container's limit, in MiB. GOMEMLIMIT is derived from it.
	Memory int
	// User is the number of the user, and of the group, that the container runs as. It is not 0, which is root.
	User int
	// CPU is the container's reservation, in thousandths of a core.
	CPU int
	// Grace is how long the service may take to stop.
	Grace time.Duration
	// Traffic are the arguments of a second container of the image that sends requests to the service. Without
	// arguments there is no such container.
	Traffic []string
}

// appInCluster is the example service under kube-prometheus-stack, with the names and limits of its Compose stack
// where it has them. It has less memory: leak switches need no room here.
var appInCluster = Kubernetes{
	Namespace: "gaugewright",
	Port:      "http",
	Image:     "example-app:1.0.0",
	User:      65532, // as in the Dockerfile
	Health:    "/health",
	Memory:    256,
	CPU:       100,
	Grace:     10 * time.Second,
	Traffic:   []string{"-traffic", "http://api:8000"},
}
