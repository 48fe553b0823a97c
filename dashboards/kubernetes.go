package dashboards

import "time"

// Kubernetes is what a cluster with the Prometheus Operator needs to know of the service beside the rest of the target.
// The zero value writes no manifests.
type Kubernetes struct {
	// Namespace is where everything is put.
	Namespace string
	// Labels are those by which the Service is found that is scraped. One of them has the target's Job as its value: from
	// that one the Operator makes the job label. None: app.kubernetes.io/name, with the Job.
	Labels map[string]string
	// Port is the name of the Service's port that is scraped.
	Port string

	// Image is what the Deployment runs. Empty: there is a Deployment already, and a Service named and labelled as above;
	// neither they nor a Namespace are written, and the rest of this struct is not used.
	Image string
	// Health is the path that is asked whether the service lives and whether it takes requests.
	Health string
	// Memory is the container's limit, in MiB. GOMEMLIMIT is derived from it.
	Memory int
	// CPU is what is reserved for the container, in thousandths of a core.
	CPU int
	// Grace is how long the service may take to stop once it is told to.
	Grace time.Duration
	// Traffic are the arguments with which a second container of the image sends the service requests; none for no such
	// container.
	Traffic []string
}

// appInCluster is the example service under kube-prometheus-stack, with the names and limits of its Compose stack where
// these have them. Its memory is less: no leak switch needs room here.
var appInCluster = Kubernetes{
	Namespace: "monitoring",
	Port:      "http",
	Image:     "example-app",
	Health:    "/health",
	Memory:    256,
	CPU:       100,
	Grace:     10 * time.Second,
	Traffic:   []string{"-traffic", "http://api:8000"},
}
