package diff

import "sort"

// moved returns the pairs that stand in another order among themselves: those that are not in the longest run that
// kept its order.
func (m *matching) moved() []pair {
	at := map[*part]int{}
	for i, p := range m.olds {
		at[p] = i
	}
	var both []pair
	var places []int // of both, on the old side
	for _, p := range m.all() {
		if p.old != nil && p.new != nil {
			both, places = append(both, p), append(places, at[p.old])
		}
	}
	stays := longestRising(places)
	var all []pair
	for i, p := range both {
		if !stays[i] {
			all = append(all, p)
		}
	}
	return all
}

// longestRising returns which of different numbers are in the longest run of rising ones. Of several such runs it takes the one
// that ends first; before each number stands the first that may. It takes n log n steps.
func longestRising(numbers []int) map[int]bool {
	var ends [][]int // where the runs of each length end; of one length, each end has a lower number than the one before
	before := make([]int, len(numbers))
	for i, n := range numbers {
		length := sort.Search(len(ends), func(l int) bool { return numbers[ends[l][len(ends[l])-1]] > n })
		before[i] = -1
		if length > 0 {
			shorter := ends[length-1]
			before[i] = shorter[sort.Search(len(shorter), func(k int) bool { return numbers[shorter[k]] < n })]
		}
		if length == len(ends) {
			ends = append(ends, nil)
		}
		ends[length] = append(ends[length], i)
	}
	stays := map[int]bool{}
	if len(ends) == 0 {
		return stays
	}
	for i := ends[len(ends)-1][0]; i >= 0; i = before[i] {
		stays[i] = true
	}
	return stays
}

// movedWithin returns the pairs that stand in another order among those that are within the same outer part.
func (m *matching) movedWithin(outer *matching, around func(*part) *part) []pair {
	var all []pair
	for _, one := range m.within(outer, around) {
		all = append(all, one.moved()...)
	}
	return all
}

// within returns the pairs of each pair of outer parts as a matching of their own.
func (m *matching) within(outer *matching, around func(*part) *part) []*matching {
	of := map[*part]*matching{}
	var all []*matching
	for _, new := range m.news {
		old := m.otherOf[new]
		if old == nil || outer.otherOf[around(old)] != around(new) {
			continue
		}
		one := of[around(new)]
		if one == nil {
			one = newMatching(nil, nil)
			of[around(new)] = one
			all = append(all, one)
		}
		one.news = append(one.news, new)
		one.join(old, new)
	}
	for _, old := range m.olds {
		new := m.otherOf[old]
		if new != nil && outer.otherOf[around(old)] == around(new) {
			one := of[around(new)]
			one.olds = append(one.olds, old)
		}
	}
	return all
}
