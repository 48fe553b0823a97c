package provision

import (
	"encoding/json"
	"io"
	"testing"

	"gaugewright/dashboards"
)

var own = Service{Target: dashboards.App, Boards: dashboards.All, Rules: dashboards.Rules}

func BenchmarkGen(b *testing.B) {
	args := []string{"-out", b.TempDir()}
	for b.Loop() {
		if code := Run(args, io.Discard, io.Discard, own); code != 0 {
			b.Fatalf("exit code %d", code)
		}
	}
}

func BenchmarkFilesOwn(b *testing.B) {
	for b.Loop() {
		if _, err := Files(own); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBoard(b *testing.B) {
	for _, define := range dashboards.All {
		b.Run(functionName(define)+"/define", func(b *testing.B) {
			for b.Loop() {
				define(dashboards.App)
			}
		})
		b.Run(functionName(define)+"/build", func(b *testing.B) {
			for b.Loop() {
				define(dashboards.App).Build()
			}
		})
		bd, _ := buildBoard(dashboards.App, define)
		b.Run(functionName(define)+"/ours", func(b *testing.B) {
			for b.Loop() {
				buildBoard(dashboards.App, define)
			}
		})
		b.Run(functionName(define)+"/marshal", func(b *testing.B) {
			for b.Loop() {
				json.Marshal(bd.built)
			}
		})
	}
}
