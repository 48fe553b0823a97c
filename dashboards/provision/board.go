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

// boardFile builds a board and encodes it.
func boardFile(target dashboards.Target, board dashboards.Board) (File, error) {
	if board == nil {
		return File{}, errors.New("is nil")
	}
	builder := board(target)
	if builder == nil {
		return File{}, errors.New("returned no builder")
	}
	built, err := builder.Build()
	if err != nil {
		return File{}, err
	}
	if built.Uid == nil {
		return File{}, errors.New("has no uid: give it one, it becomes the file's name and the board's address")
	}
	if !validUID.MatchString(*built.Uid) {
		return File{}, fmt.Errorf("uid %q: Grafana takes 1 to 40 letters, digits, - and _", *built.Uid)
	}
	data, err := encodeBoard(built)
	if err != nil {
		return File{}, fmt.Errorf("uid %s: %w", *built.Uid, err)
	}
	return File{Path: path.Join(boardFolder, *built.Uid+".json"), Data: data}, nil
}

// encodeBoard is the board as indented JSON in the order of the SDK's struct, so that a diff follows the code.
func encodeBoard(board dashboard.Dashboard) ([]byte, error) {
	compact, err := json.Marshal(board)
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
