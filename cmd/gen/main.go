// Command gen writes the files that Grafana, Prometheus and Kubernetes read for this repository's own service, by
// default below provisioning/. Run it after a change to a board, then read the change with git diff. The generator
// with its flags is gaugewright/dashboards/provision. A main like this one with another target makes the same boards
// for another service.
package main

import (
	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
)

func main() { provision.Main(provision.Service{Target: dashboards.App}) }
