package draw

import "testing"

func TestChangeText(t *testing.T) {
	for change, want := range map[float64]string{
		0: "0%", 72: "72%", 12.345: "12.3%", -5: "-5%", 1234.56: "1,230%", 7200: "7,200%", 0.001234: "0.00123%", 123456789: "123,000,000%",
	} {
		if got := changeText(change); got != want {
			t.Errorf("%v is %s, want %s", change, got, want)
		}
	}
}
