package observe

import (
	"net/url"
	"strings"

	"gaugewright/internal/engine"
	"gaugewright/internal/report"
	"gaugewright/internal/scrape"
)

// Pages is what the pages themselves say about what queries find.
type Pages struct {
	Notes  []report.Finding
	Hidden map[string]string // by metric: why its samples may not be found
	Lost   []report.Finding  // the pages that could not be read, beside others that could
}

// lose notes a page that could not be read, and why.
func (p *Pages) lose(address *url.URL, err error) {
	text := strings.TrimPrefix(err.Error(), address.Redacted()+": ")
	p.Lost = append(p.Lost, report.Finding{Place: report.Place{File: address.Redacted()}, Kind: report.NotRead, Text: text})
}

// take adds what a scrape says. Of several scrapes of a page the last counts.
func (p *Pages) take(address *url.URL, page scrape.Page, outcome engine.Outcome) {
	at := report.Place{File: address.Redacted(), Panel: "page"}
	var kept []report.Finding
	for _, note := range p.Notes {
		if note.Place != at {
			kept = append(kept, note)
		}
	}
	p.Notes = kept
	for _, text := range append(page.Remarks, outcome.Remarks()...) {
		p.Notes = append(p.Notes, report.Finding{Place: at, Text: text})
	}
	for name, hidden := range outcome.Hidden {
		if p.Hidden == nil {
			p.Hidden = map[string]string{}
		}
		p.Hidden[name] = name + ": " + hidden.String()
	}
}
