package main

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/observe/recorded"
)

// shop is a recorded hour of a shop: three paths on four instances, each with its rate, and one request in ten of them
// fails in the last twenty minutes; a queue that swings between 10 and 30; requests of 0.2 s, and of the instance i4 of 0.4 s.
func shop(t testing.TB) []byte {
	t.Helper()
	end := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	const points = 391 // an hour, and the windows before it
	var all []engine.Series
	add := func(value func(second float64) float64, name string, pairs ...string) {
		s := engine.Series{Labels: map[string]string{"__name__": name, "job": "shop"}}
		for i := 0; i < len(pairs); i += 2 {
			s.Labels[pairs[i]] = pairs[i+1]
		}
		for i := range points {
			second := float64(10 * i)
			s.Samples = append(s.Samples, engine.Sample{T: end.Add(time.Duration(i-points+1) * 10 * time.Second), V: value(second)})
		}
		all = append(all, s)
	}
	const failsFrom = 10*(points-1) - 1200
	for p, path := range []string{"/a", "/b", "/c"} {
		for i := 1; i <= 4; i++ {
			instance, rate := fmt.Sprintf("i%d", i), float64((p+1)*i)
			add(func(s float64) float64 { return rate * s }, "requests_total", "path", path, "instance", instance, "code", "200")
			add(func(s float64) float64 { return rate / 10 * max(0, s-failsFrom) }, "requests_total", "path", path, "instance", instance, "code", "500")
		}
	}
	for i := 1; i <= 4; i++ {
		for _, le := range []float64{0.1, 0.2, 0.4, 0.8} {
			is := func(s float64) float64 { return s }
			if le < 0.2 || i == 4 && le < 0.4 {
				is = func(float64) float64 { return 0 }
			}
			add(is, "latency_seconds_bucket", "instance", fmt.Sprintf("i%d", i), "le", fmt.Sprint(le))
		}
		add(func(s float64) float64 { return s }, "latency_seconds_bucket", "instance", fmt.Sprintf("i%d", i), "le", "+Inf")
	}
	add(func(s float64) float64 { return 20 + 10*math.Round(math.Sin(s/600)*1000)/1000 }, "queue_length", "instance", "i1")
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := recorded.Write(&b, e); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
