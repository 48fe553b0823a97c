package provision

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"reflect"
	"regexp"
	"runtime"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards"
)

// boardFolder is where Grafana's provider looks for boards, below the output folder.
const boardFolder = "grafana/dashboards"

// validUID is what Grafana takes as a uid (IsValidShortUID and MaxUIDLength in its pkg/util/shortid_generator.go). It is
// also what keeps a file's name inside its folder.
var validUID = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,40}$`)

// board is a board that was built.
type board struct {
	from  string // which one it is, for messages
	uid   string
	built dashboard.Dashboard
	json  []byte
}

// buildBoards makes a service's boards. One without a panel has nothing to say of this target and is left out.
func buildBoards(s Service) ([]board, error) {
	var boards []board
	for i, define := range s.Boards {
		from := fmt.Sprintf("%s: board %d, %s", s.Target.Job, i+1, functionName(define))
		b, err := buildBoard(s.Target, define)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", from, err)
		}
		if len(b.built.Panels) > 0 {
			b.from = from
			boards = append(boards, b)
		}
	}
	return boards, nil
}

// buildBoard builds a board and encodes it.
func buildBoard(target dashboards.Target, define dashboards.Board) (board, error) {
	if define == nil {
		return board{}, errors.New("is nil")
	}
	builder := define(target)
	if builder == nil {
		return board{}, errors.New("returned no builder")
	}
	built, err := builder.Build()
	if err != nil {
		return board{}, err
	}
	if built.Uid == nil {
		return board{}, errors.New("has no uid: give it one, it becomes the file's name and the board's address")
	}
	if !validUID.MatchString(*built.Uid) {
		return board{}, fmt.Errorf("uid %q: Grafana takes 1 to 40 letters, digits, - and _", *built.Uid)
	}
	data, err := encodeJSON(built)
	if err != nil {
		return board{}, fmt.Errorf("uid %s: %w", *built.Uid, err)
	}
	return board{uid: *built.Uid, built: built, json: data}, nil
}

// encodeJSON is indented JSON in the order of the SDK's struct, so that a diff follows the code.
func encodeJSON(value any) ([]byte, error) {
	compact, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, unescapeHTML(compact), "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// escaped are the characters that encoding/json escapes for the sake of HTML, which these files are not.
var escaped = map[string]byte{`\u003c`: '<', `\u003e`: '>', `\u0026`: '&'}

// unescapeHTML puts <, > and & back: a reviewer reads the query as it is written in Go. Encoder.SetEscapeHTML does not do,
// because the SDK's own MarshalJSON methods escape on their way.
func unescapeHTML(encoded []byte) []byte {
	out := make([]byte, 0, len(encoded))
	for len(encoded) > 0 {
		at := bytes.IndexByte(encoded, '\\')
		if at < 0 {
			return append(out, encoded...)
		}
		out, encoded = append(out, encoded[:at]...), encoded[at:]
		if c, ok := escaped[string(encoded[:min(6, len(encoded))])]; ok {
			out, encoded = append(out, c), encoded[6:]
			continue
		}
		// A backslash goes together with what it escapes: so the second one of "\\u003c" is not taken for a first.
		pair := min(2, len(encoded))
		out, encoded = append(out, encoded[:pair]...), encoded[pair:]
	}
	return out
}

// functionName is how the board is called in Go: an error in a board comes before its uid is known.
func functionName(board dashboards.Board) string {
	if board == nil {
		return "nil"
	}
	return path.Base(runtime.FuncForPC(reflect.ValueOf(board).Pointer()).Name())
}
