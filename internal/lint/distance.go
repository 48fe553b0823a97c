package lint

// distance returns how many letters must be added, taken away, changed or exchanged with their neighbour to make one text of
// the other.
func distance(a, b string) int {
	if a == b {
		return 0
	}
	size := len(b) + 1
	rows := make([]int, 3*size)
	before, last, row := rows[:size], rows[size:2*size], rows[2*size:]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
