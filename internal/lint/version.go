package lint

import "fmt"

// Version is a version of Prometheus.
type Version struct{ Major, Minor int }

// DefaultServer is the Prometheus that queries are for where nobody says another.
var DefaultServer = Version{3, 16}

// ParseVersion reads a version such as 2.45 or v3.16.0.
func ParseVersion(text string) (Version, error) {
	var v Version
	for _, format := range []string{"%d.%d", "v%d.%d"} {
		if _, err := fmt.Sscanf(text, format, &v.Major, &v.Minor); err == nil {
			return v, nil
		}
	}
	return v, fmt.Errorf("%q is no version: write 3.16", text)
}

func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }

// Before reports whether v is older than w.
func (v Version) Before(w Version) bool {
	return v.Major < w.Major || v.Major == w.Major && v.Minor < w.Minor
}
