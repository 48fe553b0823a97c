package diff

import (
	"cmp"
	"strings"

	"gaugewright/internal/grafana"
)

// subject is something that a sentence is known for: what viewers call what stands at a path.
type subject struct {
	kind  kind
	path  string // and everything below it
	words string
	level Level
	show  func(*part) string // all of it in one text; nil: what stands there
}

// known are the sentences, the first that fits before the others.
var known = []subject{
	{aBoard, "uid", "uid, so links to the board break", Breaking, nil},
	{aBoard, "title", "renamed", Cosmetic, nil},
	{aBoard, "description", "description", Cosmetic, nil},
	{aBoard, "time", "time range", Behaviour, timeRange},
	{aBoard, "refresh", "refresh", Behaviour, nil},
	{aBoard, "timezone", "time zone", Behaviour, nil},
	{aBoard, "tags", "tags", Behaviour, nil},
	{aBoard, "folder", "folder", Behaviour, nil},
	{aBoard, "graphTooltip", "shared crosshair", Cosmetic, choice("graphTooltip")},
	{aBoard, "schemaVersion", "version of the schema", Cosmetic, nil},
	{aBoard, "links", "links", Behaviour, links("links")},
	{aBoard, "layout.kind", "layout", Cosmetic, nil},

	{aRow, "title", "renamed", Cosmetic, nil},
	{aRow, "collapsed", "collapsed", Cosmetic, nil},
	{aRow, "repeat", "repeated for each value of", Behaviour, nil},

	{aPanel, "title", "renamed", Cosmetic, nil},
	{aPanel, "id", "id, which links to the panel use", Behaviour, nil},
	{aPanel, "type", "type", Behaviour, nil},
	{aPanel, "description", "description", Cosmetic, nil},
	{aPanel, "transparent", "transparent", Cosmetic, nil},
	{aPanel, "links", "links", Cosmetic, links("links")},
	{aPanel, "datasource", "data source", Behaviour, source},
	{aPanel, "interval", "smallest step", Behaviour, nil},
	{aPanel, "maxDataPoints", "points at most", Behaviour, nil},
	{aPanel, "timeFrom", "time range of its own", Behaviour, nil},
	{aPanel, "timeShift", "shifted back in time by", Behaviour, nil},
	{aPanel, "repeat", "repeated for each value of", Behaviour, nil},
	{aPanel, "options.legend", "legend", Cosmetic, nil},
	{aPanel, "options.tooltip", "tooltip", Cosmetic, nil},
	{aPanel, "options.reduceOptions.calcs", "value shown of each series", Behaviour, nil},
	{aPanel, "options.content", "text", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.custom.stacking", "stacked", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.custom.scaleDistribution", "scale", Behaviour, nil},
	{aPanel, "options.yAxis.unit", "unit of the y axis", Behaviour, nil},
	{aPanel, "options.cellValues.unit", "unit of the cells", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.unit", "unit", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.decimals", "decimals", Cosmetic, nil},
	{aPanel, "fieldConfig.defaults.min", "lowest value of the scale", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.max", "highest value of the scale", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.custom.axisSoftMin", "the scale reaches down to at least", Cosmetic, nil},
	{aPanel, "fieldConfig.defaults.custom.axisSoftMax", "the scale reaches up to at least", Cosmetic, nil},
	{aPanel, "fieldConfig.defaults.thresholds", "thresholds", Behaviour, thresholds},
	{aPanel, "fieldConfig.defaults.mappings", "value mappings", Behaviour, mappings},
	{aPanel, "fieldConfig.defaults.color", "color", Cosmetic, nil},
	{aPanel, "fieldConfig.defaults.displayName", "name of the series", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.noValue", "shown without a value", Behaviour, nil},
	{aPanel, "fieldConfig.defaults.links", "links of the values", Cosmetic, links("fieldConfig.defaults.links")},

	{anOverride, "matcher", "now for", Behaviour, matched},

	{aQuery, "legendFormat", "legend", Behaviour, nil},
	{aQuery, "refId", "refId", Behaviour, nil},
	{aQuery, "hide", "hidden", Behaviour, nil},
	{aQuery, "format", "format", Behaviour, nil},
	{aQuery, "interval", "smallest step", Behaviour, nil},
	{aQuery, "datasource", "data source", Behaviour, source},
	{aQuery, "reducer", "reduced to", Behaviour, nil},
	{aQuery, "relativeTimeRange", "time range", Behaviour, relativeRange},

	{aVariable, "name", "renamed, so links that set it break", Breaking, nil},
	{aVariable, "label", "label", Cosmetic, nil},
	{aVariable, "description", "description", Cosmetic, nil},
	{aVariable, "type", "type", Behaviour, nil},
	{aVariable, "query", "values", Behaviour, func(p *part) string { return p.get("query").text }},
	{aVariable, "regex", "filter of the values", Behaviour, nil},
	{aVariable, "datasource", "data source", Behaviour, source},
	{aVariable, "multi", "several values at once", Behaviour, nil},
	{aVariable, "includeAll", "offers All", Behaviour, nil},
	{aVariable, "allValue", "value of All", Behaviour, nil},
	{aVariable, "current", "chosen at first", Behaviour, chosen},
	{aVariable, "hide", "at the top of the board", Behaviour, choice("hide")},
	{aVariable, "refresh", "values are read", Behaviour, choice("refresh")},
	{aVariable, "sort", "order of the values", Behaviour, choice("sort")},

	{anAnnotation, "name", "renamed", Cosmetic, nil},
	{anAnnotation, "enable", "shown", Behaviour, nil},
	{anAnnotation, "iconColor", "color", Cosmetic, nil},
	{anAnnotation, "datasource", "data source", Behaviour, source},

	{aRule, "title", "renamed, so silences and routes by its name break", Breaking, nil},
	{aRule, "uid", "uid, so links to the rule break", Breaking, nil},
	{aRule, "condition", "decided by query", Behaviour, nil},
	{aRule, "noDataState", "without data", Behaviour, nil},
	{aRule, "execErrState", "on an error", Behaviour, nil},
	{aRule, "notification_settings.receiver", "sent to", Behaviour, nil},

	{aGroup, "name", "renamed", Cosmetic, nil},
	{aGroup, "interval", "evaluated every", Behaviour, nil},
}

var knownOf = func() map[kind][]subject {
	all := map[kind][]subject{}
	for _, s := range known {
		all[s.kind] = append(all[s.kind], s)
	}
	return all
}()

// known tells the differences that a sentence is known for.
func (c *comparer) known(d *delta) {
	for _, s := range knownOf[d.new.kind] {
		found := d.takeAll(s.path)
		if len(found) == 0 {
			continue
		}
		if len(found) == 1 && s.show == nil && isLong(found[0]) {
			words := s.words
			if !strings.HasPrefix(words, "renamed") {
				words += " " + changed
			}
			c.long(d, s.path, s.level, Text{Words: words}, found[0])
			continue
		}
		text, old, new := s.text(d, found)
		c.tell(d, s.path, s.levelOf(d, found), text, old, new)
	}
}

// longText is the length from which a changed text is shown as its words.
const longText = 80

func isLong(one difference) bool {
	return len(one.old.text) > longText && one.new.text != "" || len(one.new.text) > longText && one.old.text != ""
}

// long tells that a text changed, with its words.
func (c *comparer) long(d *delta, kind string, level Level, text Text, one difference) {
	change := c.tell(d, kind, level, text, one.old.text, one.new.text)
	c.words(change, one.old.text, one.new.text)
}

// text writes the sentence and what the sides are.
func (s subject) text(d *delta, found []difference) (Text, string, string) {
	if s.show != nil {
		old, new := s.show(d.old), s.show(d.new)
		if old != new {
			return sides(s.words, value{text: old}, value{text: new}), old, new
		}
	}
	var words []string
	var foreign, olds, news []string
	for _, one := range found {
		if len(found) == 1 && one.path == s.path {
			return sides(s.words, one.old, one.new), one.old.text, one.new.text
		}
		words = append(words, "{} {} → {}")
		foreign = append(foreign, strings.TrimLeft(strings.TrimPrefix(one.path, s.path), "."), one.old.String(), one.new.String())
		olds, news = append(olds, one.path+"="+one.old.text), append(news, one.path+"="+one.new.text)
	}
	return Text{s.words + ": " + strings.Join(words, ", "), foreign}, strings.Join(olds, "\n"), strings.Join(news, "\n")
}

// sides writes what was and what is; the words are ours.
func sides(words string, old, new value) Text {
	show := func(v value) string {
		if v.kind == grafana.Null && v.text != "" {
			return v.text
		}
		return v.String()
	}
	return Text{words + ": {} → {}", []string{show(old), show(new)}}
}

// at writes what was and what is at a path, or what a name of the file stands for.
func at(path string, old, new value) Text {
	text := sides("{}", old, new)
	text.Foreign = append([]string{path}, text.Foreign...)
	return text
}

func matched(p *part) string {
	return p.get("matcher.id").text + " " + p.get("matcher.options").String()
}

func timeRange(p *part) string {
	return cmp.Or(p.get("time.from").text, "now-6h") + " to " + cmp.Or(p.get("time.to").text, "now")
}

func source(p *part) string {
	uid, of := p.get("datasource.uid").text, p.get("datasource.type").text
	if uid == "" {
		return of
	}
	if of != "" {
		of = " (" + of + ")"
	}
	return uid + of
}

func thresholds(p *part) string {
	var all []string
	sign := ""
	if p.panel.Defaults.ThresholdsMode == "percentage" {
		sign = " % of the scale"
	}
	for i, t := range p.panel.Defaults.Thresholds {
		text := t.Color
		if t.Value != nil && i > 0 {
			text += " from " + number(t.Node.At("value").Written()) + sign
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func mappings(p *part) string {
	var all []string
	for _, m := range p.panel.Defaults.Mappings {
		match := m.Match
		if m.Type == "range" {
			match = cmp.Or(m.From, "-∞") + " to " + cmp.Or(m.To, "∞")
		}
		text := strings.TrimSpace(m.Text + " " + m.Icon)
		if m.Color != "" {
			text += " (" + m.Color + ")"
		}
		all = append(all, match+" is "+strings.TrimSpace(text))
	}
	return strings.Join(all, ", ")
}

// links returns what shows the links below a path.
func links(path string) func(*part) string {
	return func(p *part) string {
		all := p.linksAt(path)
		var texts []string
		for _, l := range all {
			to := l.URL
			if to == "" {
				to = "boards tagged " + strings.Join(l.Tags, ", ")
			}
			texts = append(texts, l.Title+" to "+to)
		}
		return strings.Join(texts, ", ")
	}
}

func (p *part) linksAt(path string) []grafana.Link {
	switch {
	case p.board != nil:
		return p.board.Links
	case path == "links":
		return p.panel.Links
	}
	return p.panel.Defaults.Links
}
