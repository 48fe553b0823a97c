package provision

import "regexp"

// name is the rule for a name: a pattern and a maximum length. A pattern with the length in it takes longer to
// compile than a board to build.
type name struct {
	most    int
	pattern *regexp.Regexp
}

func (n name) allows(text string) bool { return len(text) <= n.most && n.pattern.MatchString(text) }

// validUID is what Grafana accepts as a uid (IsValidShortUID and MaxUIDLength in its pkg/util/shortid_generator.go).
// It also keeps a file's name inside its folder.
var validUID = name{40, regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)}

// The names that the API server accepts:
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and .../labels/
var (
	dnsLabel   = name{63, regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)}
	serviceDNS = name{63, regexp.MustCompile(`^[a-z]([a-z0-9-]*[a-z0-9])?$`)}
	labelValue = name{63, regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`)}
	// portName is an IANA service name. A Service allows more, a DNS label, but a container's port must accept the
	// name too.
	portName = name{15, regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)}
)

// generatedPath matches every path that gen makes. Anybody may have edited a ledger: gen did not write other lines,
// and ignores them.
var generatedPath = name{255, regexp.MustCompile(`^[A-Za-z0-9._/-]+$`)}
