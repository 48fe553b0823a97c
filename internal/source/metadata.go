package source

import (
	"context"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
)

// Metadata is what the targets of a server say about a family of metrics.
type Metadata struct{ Kind, Help, Unit string }

// Metadata returns what the targets say about their families, by name. Where they disagree, what one of them says is
// taken without its kind. A server that keeps no metadata has none.
func (p *Prometheus) Metadata(ctx context.Context) (map[string]Metadata, error) {
	all := map[string]Metadata{}
	err := p.ask(ctx, func(ctx context.Context) error {
		found, err := p.api.Metadata(ctx, "", "")
		for name, said := range found {
			all[name] = agreed(said)
		}
		return err
	})
	return all, err
}

func agreed(said []v1.Metadata) Metadata {
	var one Metadata
	for i, m := range said {
		switch kind := string(m.Type); {
		case i == 0:
			one = Metadata{kind, m.Help, m.Unit}
		case one.Kind != kind:
			one.Kind = ""
		}
	}
	return one
}
