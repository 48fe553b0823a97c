package provision_test

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/text"
	"github.com/rogpeppe/go-internal/testscript"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(writeForever); dir != "" {
		alternate(dir)
	}
	testscript.Main(m, map[string]func(){
		// gen is a generator over the boards that the script names in BOARDS: a uid each, or a kind of mistake.
		"gen": func() { provision.Main(service(plain(), named(strings.Fields(os.Getenv("BOARDS")))...)) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "sparse": sparse, "long": long},
	})
}

// exits runs a command that must end with the given code: exits 2 gen -nonsense.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// sparse makes a file as long as so many MiB of zeros: sparse NAME MiB.
func sparse(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_CREATE|os.O_WRONLY, 0o644)
	ts.Check(err)
	ts.Check(file.Truncate(size << 20))
	ts.Check(file.Close())
}

// long adds a line with so many letters in it to a file: long NAME BEFORE LETTERS AFTER.
func long(ts *testscript.TestScript, _ bool, args []string) {
	letters, err := strconv.Atoi(args[2])
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = file.WriteString(args[1] + strings.Repeat("x", letters) + args[3] + "\n")
	ts.Check(errors.Join(err, file.Close()))
}

func named(names []string) []dashboards.Board {
	var boards []dashboards.Board
	for _, name := range names {
		switch name {
		case "nil":
			boards = append(boards, nil)
		case "no-builder":
			boards = append(boards, func(dashboards.Target) cog.Builder[dashboard.Dashboard] { return nil })
		case "no-uid":
			boards = append(boards, withoutUID)
		case "broken":
			boards = append(boards, broken)
		default:
			boards = append(boards, board(name, ""))
		}
	}
	return boards
}

// plain is our target where there is no cluster: a board is one file.
func plain() dashboards.Target {
	target := dashboards.App
	target.Kubernetes = dashboards.Kubernetes{}
	return target
}

// service is a target with boards, and those of our rules that are about them.
func service(target dashboards.Target, boards ...dashboards.Board) provision.Service {
	return provision.Service{Target: target, Boards: append([]dashboards.Board{}, boards...)}
}

// board is a board with this uid, as large as its description.
func board(uid, description string) dashboards.Board {
	return func(dashboards.Target) cog.Builder[dashboard.Dashboard] {
		return dashboard.NewDashboardBuilder("Board " + uid).Uid(uid).Description(description).
			WithPanel(text.NewPanelBuilder().Title("Panel"))
	}
}

func broken(dashboards.Target) cog.Builder[dashboard.Dashboard] {
	return dashboard.NewDashboardBuilder("Broken").Uid("go-broken").
		RecordError("panel Goroutines", errors.New("rate of a gauge"))
}

func withoutUID(dashboards.Target) cog.Builder[dashboard.Dashboard] {
	return dashboard.NewDashboardBuilder("Nameless")
}
