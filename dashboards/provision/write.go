package provision

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// write brings the output folder up to date and reports on stdout what it did.
func (o options) write(stdout io.Writer, files []File) error {
	if err := makeOutput(o.out); err != nil {
		return fmt.Errorf("cannot make the output folder: %w", err)
	}
	f, err := openFolder(o.out)
	if err != nil {
		return fmt.Errorf("cannot open the output folder: %w", err)
	}
	defer f.root.Close()
	found, err := look(f, files)
	if err != nil {
		return err
	}
	w := writer{survey: found, stdout: stdout, written: map[string]bool{}}
	if err := w.keepsRules(o.from); err != nil {
		return err
	}
	if err := w.run(); err != nil {
		return err
	}
	w.sum()
	return nil
}

// writer carries out the changes of a survey. Wherever it is killed, each file is whole, old or new, and everything
// that it wrote is listed. The order: new content next to its place; the ledger with old and new; the files; the
// removals; the ledger with what is left.
type writer struct {
	*survey
	stdout  io.Writer
	written map[string]bool
	removed int
}

func (w *writer) run() error {
	for _, found := range w.findings {
		if found.state == taken {
			return fmt.Errorf("%s: gen needs this name and did not write what is there: move it away, "+
				"or give another folder with -out; nothing was written", w.folder.path(found.path))
		}
	}
	if err := w.removeAll(leftover); err != nil {
		return err
	}
	both, final := ledgerFile(w.known()), w.files[ledgerPath]
	newLedger, shorter := !bytes.Equal(both.Data, w.ledger), !bytes.Equal(final.Data, both.Data)

	var replaced []File
	if newLedger {
		replaced = append(replaced, both)
	}
	replaced = append(replaced, w.changed()...)
	if shorter {
		replaced = append(replaced, final)
	}
	staged, err := w.stageAll(replaced)
	defer w.discard(staged)
	if err != nil {
		return fmt.Errorf("%w; no file was changed", err)
	}
	return w.commit(replaced, staged, shorter)
}

// commit puts the staged files in place, in their order. Before the last one, if that is the shorter ledger, it
// removes what is no longer made.
func (w *writer) commit(files []File, staged []string, shorter bool) error {
	last := len(files)
	if shorter {
		last--
	}
	for i := range last {
		if err := w.replace(files[i].Path, staged[i]); err != nil {
			return err
		}
	}
	if err := w.removeAll(obsolete); err != nil {
		return err
	}
	w.removeEmptied()
	for i := last; i < len(files); i++ {
		if err := w.replace(files[i].Path, staged[i]); err != nil {
			return err
		}
	}
	return nil
}

// known returns the names that are or were made, without the ledger.
func (w *writer) known() []string {
	names := slices.AppendSeq(slices.Collect(maps.Keys(w.files)), maps.Keys(w.listed))
	return slices.DeleteFunc(names, func(name string) bool { return name == ledgerPath })
}

// changed returns the files that differ from those on disk, without the ledger.
func (w *writer) changed() []File {
	var files []File
	for _, found := range w.findings {
		if (found.state == stale || found.state == missing) && found.path != ledgerPath {
			files = append(files, w.files[found.path])
		}
	}
	return files
}

// stageAll writes the files next to their places, several at a time: gen mostly waits for the disk. It returns the
// names in the files' order, empty after an error.
func (w *writer) stageAll(files []File) ([]string, error) {
	staged, errs := make([]string, len(files)), make([]error, len(files))
	var group sync.WaitGroup
	slots := make(chan struct{}, 16) // far below any limit on open files
	for i, file := range files {
		slots <- struct{}{}
		group.Go(func() {
			staged[i], errs[i] = w.folder.stage(file)
			<-slots
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return staged, err // One is enough: a full disk gives the same error for every file.
		}
	}
	return staged, nil
}

// discard removes the staged files that were not put in place.
func (w *writer) discard(staged []string) {
	for _, name := range staged {
		if name != "" {
			w.folder.root.Remove(name) // Most are in place already; the next run removes the others.
		}
	}
}

func (w *writer) replace(name, staged string) error {
	if err := w.folder.root.Rename(staged, name); err != nil {
		return w.folder.fail(name, err)
	}
	if !w.written[name] { // The ledger may be written twice.
		fmt.Fprintf(w.stdout, "wrote %s\n", oneLine(w.folder.path(name)))
	}
	w.written[name] = true
	return nil
}

func (w *writer) removeAll(state state) error {
	for _, found := range w.findings {
		if found.state != state {
			continue
		}
		if err := w.folder.root.Remove(found.path); err != nil {
			return w.folder.fail(found.path, err)
		}
		w.removed++
		fmt.Fprintf(w.stdout, "removed %s\n", oneLine(w.folder.path(found.path)))
	}
	return nil
}

// removeEmptied removes the folders that held only files that are no longer made.
func (w *writer) removeEmptied() {
	for name := range w.listed {
		if _, made := w.files[name]; made {
			continue
		}
		for dir := range above(name) {
			// Remove would also remove a file, and a ledger may say "file/name".
			kind, _ := w.folder.kind(dir)
			if kind != absent && (kind != directory || w.folder.root.Remove(dir) != nil) {
				break // Usually it is not empty.
			}
		}
	}
}

// sum prints the last line: the number of files, and what was done.
func (w *writer) sum() {
	did := "nothing to do"
	if len(w.written)+w.removed > 0 {
		did = fmt.Sprintf("%d written, %d removed", len(w.written), w.removed)
	}
	alone := ""
	if n := w.count(foreign) + w.count(foreignFolder); n > 0 {
		alone = fmt.Sprintf(", %d foreign left alone", n)
	}
	fmt.Fprintf(w.stdout, "%s: %d files, %s%s\n", oneLine(w.folder.name), len(w.files), did, alone)
}
