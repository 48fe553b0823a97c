package lint

import "testing"

// TestLikeUnit: one letter is wrong, and only one unit is meant.
func TestLikeUnit(t *testing.T) {
	for id, want := range map[string]string{
		"Bytes": "bytes", "percentunt": "percentunit", "precent": "percent", "decbyte": "decbytes",
		"decxbytes": "", // deckbytes, decmbytes or decgbytes
		"orders":    "", "m": "", "": "",
	} {
		if got := likeUnit(id); got != want {
			t.Errorf("%q is like %q, not %q", id, want, got)
		}
	}
}
