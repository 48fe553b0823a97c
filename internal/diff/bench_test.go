package diff

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkTrees compares two trees of boards, one panel of each changed.
func BenchmarkTrees(b *testing.B) {
	board := string(ours(b)["go-http.json"])
	for _, n := range []int{25, 50, 100, 200} {
		b.Run(fmt.Sprintf("%d boards", n), func(b *testing.B) {
			var old, new []File
			for i := range n {
				uid := fmt.Sprintf(`"uid": "board-%d"`, i)
				text := strings.Replace(board, `"uid": "go-http"`, uid, 1)
				path := fmt.Sprintf("%d.json", i)
				old = append(old, File{Path: path, Data: []byte(text)})
				new = append(new, File{Path: path, Data: []byte(strings.Replace(text, "percentunit", "percent", 1))})
			}
			for b.Loop() {
				if r := Compare(old, new); r.Count(Behaviour) != n {
					b.Fatal(r.Verdict())
				}
			}
		})
	}
}
