package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/preview/picture"
	"gaugewright/internal/report"
	"gaugewright/internal/verify"
)

// errStale is the error of pictures that are not up to date. The output names them.
var errStale = errors.New("pictures are stale")

// inLight is the board whose picture there is in light, too.
const inLight = "go-overview"

// draw makes pictures of the boards.
func (o *options) draw(ctx context.Context, files verify.Files, stdout io.Writer) error {
	if len(files.Unread) > 0 {
		return fmt.Errorf("%s: %s", files.Unread[0].Place, files.Unread[0].Text)
	}
	pictures, err := o.pictures(ctx, files)
	if err != nil {
		return err
	}
	switch {
	case o.check:
		err = o.compare(pictures, files.Own, stdout)
	case o.svg != "":
		err = o.write(pictures, files.Own, stdout)
	}
	if o.json && (err == nil || errors.Is(err, errStale)) {
		err = errors.Join(err, report.JSON(stdout, pictures))
	}
	return err
}

func (o *options) pictures(ctx context.Context, files verify.Files) ([]picture.Picture, error) {
	file, err := os.Open(picture.Run)
	if err != nil {
		return nil, fmt.Errorf("the recorded run: %w; run preview in the repository's root", err)
	}
	defer file.Close()
	run, err := recorded.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", picture.Run, err)
	}
	return picture.Make(ctx, files, run, inLight)
}

// write brings the folder up to date. Pictures of other boards are removed only where these are all boards.
func (o *options) write(pictures []picture.Picture, isAll bool, stdout io.Writer) error {
	written, err := picture.Write(o.svg, pictures)
	for _, path := range written {
		o.say(stdout, "wrote %s", path)
	}
	if err != nil {
		return err
	}
	var old []string
	if isAll {
		if old, err = picture.Obsolete(o.svg, pictures); err != nil {
			return err
		}
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
		o.say(stdout, "removed %s", path)
	}
	o.say(stdout, "%s: %s, %d written, %d removed", o.svg, report.Count(len(pictures), "picture"), len(written), len(old))
	return nil
}

// say prints a line for people, which is not for -json.
func (o *options) say(stdout io.Writer, format string, args ...any) {
	if !o.json {
		fmt.Fprintln(stdout, report.Shown(fmt.Sprintf(format, args...)))
	}
}

// compare names the stale pictures.
func (o *options) compare(pictures []picture.Picture, isAll bool, stdout io.Writer) error {
	folder := picture.Folder
	if o.svg != "" {
		folder = o.svg
	}
	stale, err := picture.Stale(folder, pictures)
	if err == nil && isAll {
		var old []string
		old, err = picture.Obsolete(folder, pictures)
		stale = append(stale, old...)
	}
	if err != nil {
		return err
	}
	for _, path := range stale {
		o.say(stdout, "stale: %s", path)
	}
	if len(stale) > 0 {
		o.say(stdout, "%d of %s stale: run go run ./cmd/preview -svg %s", len(stale), report.Count(len(pictures), "picture"), folder)
		return errStale
	}
	o.say(stdout, "%s up to date", report.Count(len(pictures), "picture"))
	return nil
}
