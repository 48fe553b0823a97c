package engine

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"net/http"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
)

// write sends Prometheus all plain values of the engine, with staleness markers, by remote write 1.0. It sends half
// an hour at a time, since Prometheus refuses samples that are more than an hour older than its newest.
// https://prometheus.io/docs/specs/prw/remote_write_spec/
func (p prometheus) write(t *testing.T, e *Engine) {
	t.Helper()
	oldest := int64(math.MaxInt64)
	for _, series := range e.store.all {
		oldest = min(oldest, series.samples[0].t)
	}
	const slice = int64(30 * time.Minute / time.Millisecond)
	for from := oldest; from <= e.store.newest; from += slice {
		var request []byte
		for _, series := range e.store.all {
			if message := timeSeries(series, from, from+slice); message != nil {
				request = appendBytes(request, 1, message)
			}
		}
		p.post(t, request)
	}
}

func (p prometheus) post(t *testing.T, message []byte) {
	t.Helper()
	body := bytes.NewReader(snappy(message))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/api/v1/write", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Encoding", "snappy")
	request.Header.Set("Content-Type", "application/x-protobuf")
	request.Header.Set("X-Prometheus-Remote-Write-Version", "0.1.0")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusNoContent {
		t.Fatalf("remote write: %s: %s", answer.Status, text)
	}
}

// timeSeries returns the protobuf message TimeSeries with the samples in [from, to), or nil if there are none: 1
// Label {1 name, 2 value}, 2 Sample {1 value, 2 timestamp}.
func timeSeries(s *series, from, to int64) []byte {
	var message []byte
	s.labels.Range(func(l labels.Label) {
		message = appendBytes(message, 1, appendBytes(appendBytes(nil, 1, []byte(l.Name)), 2, []byte(l.Value)))
	})
	count := 0
	for _, sample := range s.samples {
		if sample.t >= from && sample.t < to {
			one := binary.LittleEndian.AppendUint64([]byte{1<<3 | 1}, math.Float64bits(sample.v))
			one = binary.AppendUvarint(append(one, 2<<3), uint64(sample.t))
			message = appendBytes(message, 2, one)
			count++
		}
	}
	if count == 0 {
		return nil
	}
	return message
}

// appendBytes appends a protobuf field with a length: a string or a message.
func appendBytes(to []byte, field byte, value []byte) []byte {
	return append(binary.AppendUvarint(append(to, field<<3|2), uint64(len(value))), value...)
}

// snappy returns a block in Snappy's format, not compressed: one literal, whose length minus one has four bytes.
// https://github.com/google/snappy/blob/main/format_description.txt
func snappy(data []byte) []byte {
	block := binary.AppendUvarint(nil, uint64(len(data)))
	block = binary.LittleEndian.AppendUint32(append(block, 63<<2), uint32(len(data)-1))
	return append(block, data...)
}
