package scrape

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// FuzzRead: any page gives no panic, the same outcome twice, sorted and complete families and labels, and errors of
// one printable line.
func FuzzRead(f *testing.F) {
	const delimited = protobufType + ";proto=io.prometheus.client.MetricFamily;encoding=delimited"
	types := []string{textType, openMetricsType, delimited, ""}
	for _, path := range pagePaths(f) {
		_, contentType, page := readArchive(f, path)
		mediaType, _, _ := strings.Cut(contentType, ";")
		f.Add([]byte(page), uint8(max(0, slices.Index(types, mediaType))))
	}
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	request.Header.Set("Accept", acceptNative)
	promhttp.HandlerFor(small(), promhttp.HandlerOpts{}).ServeHTTP(recorder, request)
	for _, seed := range [][]byte{recorder.Body.Bytes(), recorder.Body.Bytes()[:500], make([]byte, 100)} {
		f.Add(seed, uint8(2))
	}
	f.Fuzz(func(t *testing.T, page []byte, format uint8) {
		contentType := types[int(format)%len(types)]
		families, err := Read(bytes.NewReader(page), contentType)
		again, errAgain := Read(bytes.NewReader(page), contentType)
		if outcome(families, err) != outcome(again, errAgain) {
			t.Fatal("two outcomes for one page")
		}
		if err != nil {
			if printable(err.Error()) != err.Error() || len(err.Error()) > 700 {
				t.Fatalf("error of %d bytes: %q", len(err.Error()), err)
			}
			return
		}
		checkFamilies(t, families)
	})
}

func checkFamilies(t *testing.T, families []Family) {
	kinds := []Kind{Counter, Gauge, Histogram, GaugeHistogram, Summary, Info, Stateset, Unknown}
	if !slices.IsSortedFunc(families, func(a, b Family) int { return strings.Compare(a.Name, b.Name) }) {
		t.Fatal("families are not sorted")
	}
	for i, family := range families {
		if family.Name == "" || !slices.Contains(kinds, family.Kind) || i > 0 && families[i-1].Name == family.Name {
			t.Fatalf("bad or double family %q %q", family.Kind, family.Name)
		}
		for _, sample := range family.Samples {
			if !strings.HasPrefix(sample.Name, family.Name) || sample.Native != nil && sample.Value != 0 {
				t.Fatalf("%q: bad sample %q", family.Name, sample.Name)
			}
			for j, label := range sample.Labels {
				if label.Name == "" || label.Name == "__name__" || j > 0 && sample.Labels[j-1].Name >= label.Name {
					t.Fatalf("%q: labels %q", sample.Name, sample.Labels)
				}
			}
		}
	}
}
