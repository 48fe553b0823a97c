package provision

import "regexp"

// name is what a name may be: a pattern, and the most characters. A pattern that counts the characters itself takes longer to
// compile than a board to build.
type name struct {
	most    int
	pattern *regexp.Regexp
}

func (n name) allows(text string) bool { return len(text) <= n.most && n.pattern.MatchString(text) }

// validUID is what Grafana takes as a uid (IsValidShortUID and MaxUIDLength in its pkg/util/shortid_generator.go). It is
// also what keeps a file's name inside its folder.
var validUID = name{40, regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)}

// The names that the API server takes:
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and .../labels/
var (
	dnsLabel   = name{63, regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)}
	serviceDNS = name{63, regexp.MustCompile(`^[a-z]([a-z0-9-]*[a-z0-9])?$`)}
	labelValue = name{63, regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`)}
	// portName is an IANA service name; a Service's own rule, a DNS label, is wider, but a container's port has to take it.
	portName = name{15, regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)}
)

// generatedPath is the shape of every path that gen makes. A ledger may have been edited by anybody: a line of any other
// shape was not written by gen, and is passed over.
var generatedPath = name{255, regexp.MustCompile(`^[A-Za-z0-9._/-]+$`)}
