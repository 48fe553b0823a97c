// Command gen writes the files that Grafana, Prometheus and Kubernetes read for this repository's own service, by
// default below provisioning/. Run it after a change to a board, then read the change with git diff. The generator
// with its flags is gaugewright/dashboards/provision. A main like this one with another target makes the same boards
// for another service.
package main

import (
	"io"
	"os"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	return provision.Run(args, stdout, stderr, provision.Service{Target: dashboards.App})
}
