package diff

// groups compares the groups and rules of two documents. A rule stays the same in another group.
func (c *comparer) groups(old, new *part) {
	rules := newMatching(rulesOf(old), rulesOf(new))
	name := func(p *part) string { return joined(p.ruleKind(), p.name) }
	rules.by(func(p *part) string { return p.id })
	rules.by(func(p *part) string { return joined(p.parent.name, name(p)) })
	rules.by(name)
	rules.alike(newLikeness(c.bounds).rules)
	groups := newMatching(old.of(aGroup), new.of(aGroup))
	groups.by(func(p *part) string { return " " + p.name })
	groups.byShared(rules, func(p *part) []*part { return []*part{p.parent} })
	c.pairs(groups)
	c.pairs(rules)
	for _, p := range rules.all() {
		if p.old != nil && p.new != nil && groups.otherOf[p.old.parent] != p.new.parent {
			from, to := p.old.parent.title(), p.new.parent.title()
			c.add(p.new, moved, Cosmetic, say("moved from group {} to group {}", from, to), from, to)
		}
	}
	for _, p := range rules.movedWithin(groups, func(p *part) *part { return p.parent }) {
		c.add(p.new, "order", Behaviour, say("moved in the order of rules"), "", "")
	}
	for _, p := range groups.moved() {
		c.add(p.new, "order", Cosmetic, say("moved in the order of groups"), "", "")
	}
}

func rulesOf(document *part) []*part {
	var all []*part
	for _, group := range document.of(aGroup) {
		all = append(all, group.of(aRule)...)
	}
	return all
}

// ruleKind tells alerts, of Prometheus or Grafana, from what is recorded.
func (p *part) ruleKind() string {
	if p.get("alert") != (value{}) || p.get("record") == (value{}) && p.get("title") != (value{}) {
		return "alert"
	}
	return "record"
}
