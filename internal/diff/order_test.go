package diff

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
)

// TestLongestRising: the run is the one that comparing each number with each finds.
func TestLongestRising(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 60 {
		numbers := random.Perm(n)
		if got, want := longestRising(numbers), slowRun(numbers); !maps.Equal(got, want) {
			t.Errorf("%v\n got %v\nwant %v", numbers, got, want)
		}
	}
}

func slowRun(numbers []int) map[int]bool {
	longest, before := make([]int, len(numbers)), make([]int, len(numbers))
	last := -1
	for i := range numbers {
		longest[i], before[i] = 1, -1
		for j := range i {
			if numbers[j] < numbers[i] && longest[j]+1 > longest[i] {
				longest[i], before[i] = longest[j]+1, j
			}
		}
		if last < 0 || longest[i] > longest[last] {
			last = i
		}
	}
	stays := map[int]bool{}
	for ; last >= 0; last = before[last] {
		stays[last] = true
	}
	return stays
}

// TestOrderOfManyGroups: the order within a group is looked for among its own parts, not among those of all groups.
func TestOrderOfManyGroups(t *testing.T) {
	const groups, rules = 2000, 2
	sides := [2][]*part{}
	tops := [2]*part{{kind: aDocument}, {kind: aDocument}}
	for i := range sides {
		for g := range groups {
			group := tops[i].add(&part{kind: aGroup, name: fmt.Sprint(g)})
			for r := range rules {
				sides[i] = append(sides[i], group.add(&part{kind: aRule, name: fmt.Sprint(g, r)}))
			}
		}
	}
	m, outer := newMatching(sides[0], sides[1]), newMatching(tops[0].of(aGroup), tops[1].of(aGroup))
	byName := func(p *part) string { return p.name }
	m.by(byName)
	outer.by(byName)
	took := 0
	for _, one := range m.within(outer, func(p *part) *part { return p.parent }) {
		took += len(one.olds) + len(one.news)
	}
	if most := 2 * groups * rules; took != most {
		t.Errorf("it looks at %d parts, not at %d", took, most)
	}
}
