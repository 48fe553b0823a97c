package source

import (
	"cmp"
	"context"
	"errors"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
)

// Metadata is what the targets of a server say about a family of metrics.
type Metadata struct{ Kind, Help, Unit string }

// Metadata returns what the targets say about their families, by name. Where they disagree, what one of them says is
// taken without its kind. A server that keeps no metadata has none.
func (p *Prometheus) Metadata(ctx context.Context) (map[string]Metadata, error) {
	all := map[string]Metadata{}
	var none error
	err := p.ask(ctx, func(ctx context.Context) error {
		found, err := p.api.Metadata(ctx, "", "")
		for name, said := range found {
			all[name] = agreed(said)
		}
		var said *v1.Error
		if errors.As(err, &said) && (said.Type == v1.ErrClient || said.Type == v1.ErrBadResponse) {
			none, err = errNoMetadata, nil
		}
		return err
	})
	return all, cmp.Or(err, none)
}

// errNoMetadata is the error of a server that has no such part of the API, as some that are not Prometheus's own.
var errNoMetadata = errors.New("the server tells no metadata")

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
