package alert

import (
	"fmt"
	"strings"
)

// Routing is what alerts carry for the people who get them. Without an address there is no such link.
type Routing struct {
	Grafana  string            // address of Grafana, such as https://grafana.example.com
	Runbooks string            // address of the folder of runbook pages, each named after its alert
	Labels   map[string]string // on every alert, for routing: team, service
}

// Check refuses addresses that do not work in a link.
func (r Routing) Check() error {
	for _, address := range []struct{ field, is string }{{"Grafana", r.Grafana}, {"Runbooks", r.Runbooks}} {
		web := strings.HasPrefix(address.is, "http://") || strings.HasPrefix(address.is, "https://")
		if address.is != "" && (!web || strings.HasSuffix(address.is, "/")) {
			return fmt.Errorf("Routing.%s is %q: give an address with http:// or https:// and without a final slash, or leave it out",
				address.field, address.is)
		}
	}
	return nil
}
