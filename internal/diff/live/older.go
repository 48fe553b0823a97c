package live

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
)

// hitsSize is how many boards or folders are asked for at once.
const hitsSize = 1000

// older is the API of Grafana 11 and before.
// https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/folder_dashboard_search/
type older struct{ *asker }

// hit is a board or folder in a list.
type hit struct{ UID, Title, FolderUID string }

func (o older) list(ctx context.Context) ([]*board, error) {
	hits, err := o.search(ctx, "dash-db")
	var all []*board
	for _, h := range hits {
		all = append(all, &board{uid: h.UID, folder: h.FolderUID})
	}
	return all, err
}

// search lists the boards (dash-db) or folders (dash-folder), page by page.
func (a *asker) search(ctx context.Context, kind string) (all []hit, err error) {
	seen := map[string]bool{}
	for page := 1; ; page++ {
		var hits []hit
		query := url.Values{"type": {kind}, "limit": {strconv.Itoa(hitsSize)}, "page": {strconv.Itoa(page)}}
		if err := a.get(ctx, &hits, query, "api", "search"); err != nil {
			return nil, err
		}
		known := len(all)
		for _, h := range hits {
			if !seen[h.UID] {
				all = append(all, h)
			}
			seen[h.UID] = true
		}
		if len(hits) < hitsSize || len(all) == known { // a server that knows no pages gives the same one
			return all, nil
		}
	}
}

func (o older) read(ctx context.Context, b *board) error {
	var data json.RawMessage
	if err := o.get(ctx, &data, nil, "api", "dashboards", "uid", url.PathEscape(b.uid)); err != nil {
		return err
	}
	var said struct{ Dashboard json.RawMessage }
	if err := json.Unmarshal(data, &said); err != nil || said.Dashboard == nil {
		return errNoBoard
	}
	b.data = data
	return nil
}
