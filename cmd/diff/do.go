package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"

	"gaugewright/internal/diff"
	"gaugewright/internal/diff/tree"
	"gaugewright/internal/report"
)

// compare reads both sides and compares them.
func (o *options) compare(ctx context.Context) (*diff.Result, error) {
	if o.live.address != "" {
		return o.compareLive(ctx)
	}
	base, head, err := o.sides(ctx)
	if err != nil {
		return nil, err
	}
	old, err := base.Load(ctx)
	if err != nil {
		return nil, fmt.Errorf("base: %w", err)
	}
	new, err := head.Load(ctx)
	if err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	if len(old)+len(new) == 0 {
		return nil, fmt.Errorf("nothing to compare: neither side has .json, .yml or .yaml files in %s", head.Root)
	}
	for _, side := range [][]diff.File{old, new} {
		for i := range side {
			side[i].Path = path.Join(head.Root, side[i].Path)
		}
	}
	if o.lints {
		lintBoth(old, new)
	}
	r := diff.Compare(old, new).Only(o.panel)
	return r, o.showPictures(ctx, r, base, head)
}

// picturesFolder has a picture of each board, with its file's name. Whoever generates the boards draws them.
const picturesFolder = "dashboards/pictures"

// showPictures names the addresses of the boards' pictures where there are any.
func (o *options) showPictures(ctx context.Context, r *diff.Result, base, head tree.Tree) error {
	if o.pictures == [2]string{} {
		return nil
	}
	var sides [2]diff.Pictures
	for i, side := range []tree.Tree{base, head} {
		names, err := side.Names(ctx, picturesFolder)
		if err != nil {
			return fmt.Errorf("-pictures: %w", err)
		}
		sides[i] = diff.Pictures{Address: o.pictures[i] + picturesFolder + "/", Names: names}
	}
	r.Show(sides[0], sides[1])
	return nil
}

// root is what is read of a ref.
func root() string {
	if info, err := os.Stat("provisioning"); err == nil && info.IsDir() {
		return "provisioning"
	}
	return "."
}

// sides returns where the two sides are.
func (o *options) sides(ctx context.Context) (base, head tree.Tree, err error) {
	name := o.base
	if name == "" {
		name = "HEAD"
	}
	if base, err = tree.Named(ctx, name, root()); err != nil {
		return base, head, err
	}
	head = tree.Tree{Root: root(), Tracked: base.Commit != ""}
	if base.Commit != "" {
		head.Root = base.Root
	}
	if o.head != "" {
		if head, err = tree.Named(ctx, o.head, base.Root); err != nil {
			return base, head, err
		}
	}
	if o.mergeBase {
		switch {
		case base.Commit == "" || o.head != "" && head.Commit == "":
			return base, head, fmt.Errorf("-merge-base: name refs, not folders")
		case o.head == "":
			base.Commit, err = tree.MergeBase(ctx, base.Commit, "HEAD")
		default:
			base.Commit, err = tree.MergeBase(ctx, base.Commit, head.Commit)
		}
	}
	return base, head, err
}

// write writes the result in a format.
func (o *options) write(out io.Writer, r *diff.Result) error {
	if err := o.live.title(out, o.format); err != nil {
		return err
	}
	switch o.format {
	case "json":
		return report.JSON(out, r)
	case "markdown":
		return r.Markdown(out)
	case "github":
		return r.GitHub(out)
	}
	return r.Text(out, inColor(out))
}
