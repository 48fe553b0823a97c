package verify

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/internal/observe"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
)

// root is the repository's root, where the commands run.
const root = "../.."

// stand is the service in this process, scraped, with the repository's own boards and rules: what verify judges by
// default. All tests share one, and none changes it.
type stand struct {
	files  Files
	source source.Memory
	end    time.Time
}

var theStand = sync.OnceValues(func() (*stand, error) { return makeStand(5 * time.Minute) })

// makeStand scrapes for the given time: every other minute, and in the last five minutes at the usual interval.
func makeStand(long time.Duration) (*stand, error) {
	f, err := ownFiles()
	if err != nil {
		return nil, err
	}
	h, err := observe.New(f.Observed())
	if err != nil {
		return nil, err
	}
	end := time.Now().Truncate(time.Millisecond)
	var times []time.Time
	for ago := long; ago >= 0; {
		times = append(times, end.Add(-ago))
		if ago > 5*time.Minute {
			ago -= 2 * time.Minute
		} else {
			ago -= f.Interval
		}
	}
	apps, closeAll, err := ownApps()
	defer closeAll()
	if err != nil {
		return nil, err
	}
	pause := 600 * time.Millisecond / time.Duration(len(times))
	return &stand{f, source.Memory{Engine: h.Engine}, end}, h.Apps(context.Background(), apps, times, pause)
}

// ownApps returns three instances of the repository's service.
func ownApps() (apps []observe.App, closeAll func(), err error) {
	var services []*server.Server
	closeAll = func() {
		for _, s := range services {
			s.Close()
		}
	}
	for i := range 3 {
		service, err := server.New(prometheus.NewRegistry(), server.Options{
			Seed: uint64(i),
			Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		})
		if err != nil {
			return nil, closeAll, err
		}
		services = append(services, service)
		apps = append(apps, observe.App{
			Name:    fmt.Sprintf("app-%d", i+1),
			Handler: service.Handler(),
			Drive: func(ctx context.Context, url string, client *http.Client) error {
				return server.Traffic{URL: url, Rate: 500, Client: client, Seed: uint64(i)}.Run(ctx)
			},
		})
	}
	return apps, closeAll, nil
}

// ownFiles returns the repository's own boards and rules.
func ownFiles() (Files, error) {
	folder, err := os.Getwd()
	if err != nil {
		return Files{}, err
	}
	if err := os.Chdir(root); err != nil {
		return Files{}, err
	}
	defer os.Chdir(folder)
	return Read(Named{})
}

func newStand(t testing.TB) *stand {
	t.Helper()
	s, err := theStand()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *stand) judge() *judge { return newJudge(s.source, Options{End: s.end}.judging(s.files)) }

func (s *stand) report(t testing.TB) *Report {
	t.Helper()
	r, err := s.judge().report(t.Context(), s.files, &report.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
