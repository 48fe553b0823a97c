package provision

import (
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	for length, want := range map[time.Duration]string{
		time.Second:                          "1s",
		10 * time.Second:                     "10s",
		time.Minute:                          "1m",
		90 * time.Second:                     "1m30s",
		time.Hour + 5*time.Millisecond:       "1h5ms",
		250 * time.Millisecond:               "250ms",
		26 * time.Hour:                       "1d2h",
		15*time.Second + 999*time.Nanosecond: "15s",
	} {
		if got := duration(length).String(); got != want {
			t.Errorf("%s prints as %s, want %s", length, got, want)
		}
	}
}
