package provision

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"runtime"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards"
)

// boardFolder is where Grafana's provider finds boards, below the output folder.
const boardFolder = "grafana/dashboards"

// board is a built board, in Grafana's normal form.
type board struct {
	from  string // its name in messages
	uid   string
	built dashboard.Dashboard
	json  []byte // for Grafana's provider, set by encode
}

// buildBoards makes a service's boards. It leaves out a board without panels for this target.
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

// buildBoard builds a board.
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
	if !validUID.allows(*built.Uid) {
		return board{}, fmt.Errorf("uid %q: Grafana takes 1 to 40 letters, digits, - and _", *built.Uid)
	}
	return board{uid: *built.Uid, built: normal(built)}, nil
}

// functionName is the board's name in Go: an error may come before its uid is known.
func functionName(board dashboards.Board) string {
	if board == nil {
		return "nil"
	}
	return path.Base(runtime.FuncForPC(reflect.ValueOf(board).Pointer()).Name())
}
