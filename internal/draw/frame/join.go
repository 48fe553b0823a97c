package frame

import "slices"

// mostCells bounds the values of a table that a transformation makes, so that no board takes all memory.
const mostCells = 5_000_000

// outer joins tables by a key that each has once. All keys come in order. It returns false if there are too many values.
func outer(tables []Frame) (Frame, bool) {
	at := map[string]int{}
	var cells []any
	fields := 0
	for _, t := range tables {
		fields += len(t.Fields)
		for _, cell := range t.Fields[0].cells() {
			if _, isThere := at[textOf(cell)]; !isThere {
				at[textOf(cell)] = len(cells)
				cells = append(cells, cell)
			}
		}
	}
	if fields*len(cells) > mostCells {
		return Frame{}, false
	}
	key := tables[0].Fields[0].with(cells)
	result := Frame{Fields: []Field{key}}
	for _, t := range tables {
		rows := slices.Repeat([]int{-1}, len(cells))
		for row, cell := range t.Fields[0].cells() {
			rows[at[textOf(cell)]] = row
		}
		for _, field := range t.Fields[1:] {
			field.isJoined = true
			result.Fields = append(result.Fields, field.pick(rows))
		}
	}
	if key.Kind == Text {
		return result, true
	}
	return result.sorted(0, false), true
}

// tabular joins tables row by row: each row of one with each of the other that has the same key. With all, rows without
// a partner follow. It returns false if there are too many values.
func tabular(tables []Frame, all bool) (Frame, bool) {
	left := tables[0]
	for _, right := range tables[1:] {
		byKey := map[string][]int{}
		for row, cell := range right.Fields[0].cells() {
			byKey[textOf(cell)] = append(byKey[textOf(cell)], row)
		}
		var rows, others, alone []int
		used := map[string]bool{}
		for row, cell := range left.Fields[0].cells() {
			partners := byKey[textOf(cell)]
			if cell == nil || len(partners) == 0 {
				alone = append(alone, row)
				continue
			}
			used[textOf(cell)] = true
			if (len(rows)+len(partners))*(len(left.Fields)+len(right.Fields)) > mostCells {
				return Frame{}, false
			}
			rows = append(rows, slices.Repeat([]int{row}, len(partners))...)
			others = append(others, partners...)
		}
		if all {
			rows, others = append(rows, alone...), append(others, slices.Repeat([]int{-1}, len(alone))...)
			for row, cell := range right.Fields[0].cells() {
				if !used[textOf(cell)] {
					rows, others = append(rows, -1), append(others, row)
				}
			}
		}
		left = beside(left, right, rows, others)
	}
	return left, true
}

// beside puts rows of two tables side by side. The key is the left one's, or else the right one's.
func beside(left, right Frame, rows, others []int) Frame {
	keys := make([]any, len(rows))
	for i, row := range rows {
		if keys[i] = left.Fields[0].cell(row); row < 0 {
			keys[i] = right.Fields[0].cell(others[i])
		}
	}
	result := Frame{Fields: []Field{left.Fields[0].with(keys)}}
	for _, field := range left.Fields[1:] {
		result.Fields = append(result.Fields, field.pick(rows))
	}
	for _, field := range right.Fields[1:] {
		result.Fields = append(result.Fields, field.pick(others))
	}
	return result
}
