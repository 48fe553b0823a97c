package main

import (
	"context"
	"fmt"
	"io"

	"gaugewright/internal/verify"
)

// do does what the flags ask for.
func (o *options) do(ctx context.Context, stdout io.Writer) error {
	if o.support {
		return support(stdout, o.json)
	}
	o.read = o.stamp() // before they are read, so that no change is missed
	files, err := verify.Read(o.named())
	if err != nil {
		return err
	}
	if len(files.Boards) == 0 && len(files.Unread) > 0 {
		return fmt.Errorf("%s: %s", files.Unread[0].Place, files.Unread[0].Text)
	}
	switch {
	case o.draws():
		return o.draw(ctx, files, stdout)
	case o.alerts:
		return o.printAlerts(ctx, files, stdout)
	}
	return o.serve(ctx, files, stdout)
}

func (o *options) named() verify.Named { return verify.Named{Boards: o.boards, Rules: o.rules} }
