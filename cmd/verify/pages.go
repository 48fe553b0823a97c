package main

import (
	"net/url"

	"gaugewright/internal/engine"
	"gaugewright/internal/scrape"
)

// pageFacts is what the pages of targets themselves say about what queries find.
type pageFacts struct {
	notes  []finding
	hidden map[string]string // by metric: why its samples may not be found
}

// take adds what a scrape says. Of several scrapes of a page the last counts.
func (p *pageFacts) take(address *url.URL, page scrape.Page, outcome engine.Outcome) {
	at := place{File: address.Redacted(), Panel: "page"}
	var kept []finding
	for _, note := range p.notes {
		if note.place != at {
			kept = append(kept, note)
		}
	}
	p.notes = kept
	for _, text := range append(page.Remarks, outcome.Remarks()...) {
		p.notes = append(p.notes, finding{place: at, Text: text})
	}
	for name, hidden := range outcome.Hidden {
		if p.hidden == nil {
			p.hidden = map[string]string{}
		}
		p.hidden[name] = name + ": " + hidden.String()
	}
}
