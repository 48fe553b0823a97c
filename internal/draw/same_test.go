package draw

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gaugewright/internal/draw/theme"
)

// TestSameBytes: the pictures are the same bytes in another process, time zone, language, and with one processor.
func TestSameBytes(t *testing.T) {
	sum := sha256.New()
	for _, b := range append(ours(t), reference(t)) {
		for _, look := range []*theme.Theme{theme.Dark, theme.Light} {
			sum.Write(Board(b, Options{Theme: look}).SVG)
		}
	}
	own := fmt.Sprintf("pictures %x", sum.Sum(nil))
	if os.Getenv("DRAW_AGAIN") != "" {
		fmt.Println(own)
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^TestSameBytes$", "-test.count=1")
	again.Env = append(os.Environ(), "TZ=Asia/Kathmandu", "LANG=de_CH.UTF-8", "LC_ALL=de_CH.UTF-8", "GOMAXPROCS=1",
		"DRAW_AGAIN=1", "GOCOVERDIR="+t.TempDir())
	out, err := again.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), own) {
		t.Errorf("in another process the pictures are other ones: %s, not %s", out, own)
	}
}
