package lint

import (
	"cmp"

	"gaugewright/internal/grafana/view"
)

var refreshFast = Rule{
	Name: "refresh-fast", Group: Boards, Severity: Warning,
	Doc: "The board asks again more often than there are new samples: it costs the server, and shows nothing new.",
	Board: func(p *Pass, b *Board) {
		every, ok := view.Duration(b.Time.Refresh)
		interval := p.Files.ScrapeInterval()
		switch {
		case !ok || every == 0:
		case interval == 0:
			p.Skip(NoInterval, b.Time.Refresh)
		case every < interval:
			p.Board(b, "", cmp.Or(b.Node.At("refresh"), b.Node.At("timeSettings", "autoRefresh")), "a refresh each %s, and a scrape each %s",
				b.Time.Refresh, short(interval))
		}
	},
}
