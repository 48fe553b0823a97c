package engine

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gaugewright/internal/scrape"
)

// Outcome is what happened to a page besides that its samples were stored. It explains what queries find.
type Outcome struct {
	// Exported are the labels of the page that a label of the target hides, by the names that they are stored under: job
	// by exported_job.
	Exported map[string]string
	// Hidden are the metrics, by the names of their series, with samples that a query at the time of the scrape does not
	// find since the page gives them a time of their own.
	Hidden map[string]Hidden
}

// Hidden is what a query does not find of a metric.
type Hidden struct {
	Newest  time.Time // of the samples' own times
	Samples int
	Dropped int // of them not stored, as in Prometheus: too old, too far ahead, or not newer than what is stored
}

func (h Hidden) String() string {
	what := fmt.Sprintf("samples with times of their own: %d, the last %s", h.Samples, h.Newest.UTC().Format(time.RFC3339))
	if h.Dropped == h.Samples {
		return what + ": Prometheus drops them, as they are too old, too far ahead or out of order"
	}
	if h.Dropped > 0 {
		what += fmt.Sprintf("; Prometheus drops %d of them, as they are too old, too far ahead or out of order", h.Dropped)
	}
	return what + ": a query finds them only at that time and for five minutes after (honor_timestamps: false changes that)"
}

// Remarks says the outcome in sentences, in a fixed order.
func (o Outcome) Remarks() []string {
	var all []string
	for _, stored := range slices.Sorted(maps.Keys(o.Exported)) {
		label := o.Exported[stored]
		all = append(all, fmt.Sprintf("the page has a label %s of its own, and so has the target: the page's is stored as %s, "+
			"unless it is scraped with honor_labels (-honor-labels)", label, stored))
	}
	for _, name := range slices.Sorted(maps.Keys(o.Hidden)) {
		all = append(all, name+": "+o.Hidden[name].String())
	}
	return all
}

// hide notes a sample with a time of its own that a query at the time of the scrape does not find.
func (p *pass) hide(s scrape.Sample, isDropped bool) {
	if p.outcome.Hidden == nil {
		p.outcome.Hidden = map[string]Hidden{}
	}
	hidden := p.outcome.Hidden[s.Name]
	if own := time.UnixMilli(s.Timestamp); own.After(hidden.Newest) {
		hidden.Newest = own
	}
	hidden.Samples++
	if isDropped {
		hidden.Dropped++
	}
	p.outcome.Hidden[s.Name] = hidden
}
