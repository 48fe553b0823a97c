package provision

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// normal converts a board to the form in which Grafana's API returns it in version v1 (v1beta1 before Grafana 13):
// with the defaults that Grafana adds, and without what it drops. Any other form would show changes that nobody made,
// in Git Sync and in comparisons with a running Grafana. encodeJSON does the rest: it writes no null.
//
// The rules are those of Grafana's migrate, which runs on each board that is stored or read as v1. They are in
// apps/dashboard/pkg/migration/frontend_defaults.go of its source; each function below names the one that it follows.
func normal(b dashboard.Dashboard) dashboard.Dashboard {
	b = withDefaults(b)
	b.Annotations.List = withBuiltIn(b.Annotations.List)
	b.Templating.List = each(b.Templating.List, variable)
	b.Panels = numbered(each(b.Panels, func(p dashboard.PanelOrRowPanel) dashboard.PanelOrRowPanel {
		if p.Panel != nil {
			return dashboard.PanelOrRowPanel{Panel: cog.ToPtr(savedPanel(*p.Panel))}
		}
		return dashboard.PanelOrRowPanel{RowPanel: cog.ToPtr(savedRow(*p.RowPanel))}
	}))
	return b
}

// each returns a new list with changed elements, empty but not nil if there are none.
func each[T any](list []T, change func(T) T) []T {
	changed := make([]T, len(list))
	for i, item := range list {
		changed[i] = change(item)
	}
	return changed
}

// withDefaults follows applyFrontendDefaults. The SDK's own defaults cover the other fields.
func withDefaults(b dashboard.Dashboard) dashboard.Dashboard {
	b.Tags = append([]string{}, b.Tags...)
	b.Links = append([]dashboard.DashboardLink{}, b.Links...)
	b.Time = cmp.Or(b.Time, &dashboard.DashboardDashboardTime{From: "now-6h", To: "now"})
	b.Timepicker = cmp.Or(b.Timepicker, &dashboard.TimePickerConfig{})
	b.WeekStart = cmp.Or(b.WeekStart, cog.ToPtr(""))
	return b
}

// withBuiltIn follows addBuiltInAnnotationQuery: the first annotation is Grafana's own.
func withBuiltIn(list []dashboard.AnnotationQuery) []dashboard.AnnotationQuery {
	if slices.ContainsFunc(list, func(a dashboard.AnnotationQuery) bool { return a.BuiltIn != nil && *a.BuiltIn == 1 }) {
		return list
	}
	return slices.Concat([]dashboard.AnnotationQuery{{
		Name:       "Annotations & Alerts",
		Datasource: &common.DataSourceRef{Type: cog.ToPtr("grafana"), Uid: cog.ToPtr("-- Grafana --")},
		Enable:     true,
		Hide:       cog.ToPtr(true),
		IconColor:  "rgba(0, 211, 255, 1)",
		Type:       cog.ToPtr("dashboard"),
		BuiltIn:    cog.ToPtr(1.0),
	}}, list)
}

// variable follows cleanupVariable: a variable that runs its query when the board opens has no options in the file.
func variable(v dashboard.VariableModel) dashboard.VariableModel {
	switch v.Type {
	case dashboard.VariableTypeQuery:
		v.Options = append([]dashboard.VariableOption{}, v.Options...)
	case dashboard.VariableTypeDatasource:
		v.Options = []dashboard.VariableOption{}
	case dashboard.VariableTypeConstant:
		v.Options = nil
	}
	return v
}

// savedPanel follows cleanupPanelForSave: default values are left out.
func savedPanel(p dashboard.Panel) dashboard.Panel {
	if p.Title != nil && *p.Title == "" {
		p.Title = nil
	}
	if p.Transparent != nil && !*p.Transparent {
		p.Transparent = nil
	}
	if f := p.FieldConfig; f != nil && reflect.ValueOf(f.Defaults).IsZero() && len(f.Overrides) == 0 {
		p.FieldConfig = nil
	}
	p.Targets, p.Links, p.Transformations = filled(p.Targets), filled(p.Links), filled(p.Transformations)
	return p
}

// filled returns the list, or nil if it is empty.
func filled[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// savedRow follows cleanupRowPanelProperties.
func savedRow(r dashboard.RowPanel) dashboard.RowPanel {
	if r.Repeat != nil && *r.Repeat == "" {
		r.Repeat = nil
	}
	r.Panels = each(r.Panels, savedPanel)
	return r
}

// numbered follows ensurePanelsHaveUniqueIds: a panel without an id gets the next one. It changes the caller's
// panels.
func numbered(panels []dashboard.PanelOrRowPanel) []dashboard.PanelOrRowPanel {
	var lacking []*uint32
	last := uint32(0)
	see := func(id *uint32) {
		last = max(last, *id)
		if *id == 0 {
			lacking = append(lacking, id)
		}
	}
	for _, p := range panels {
		if p.Panel != nil {
			see(ownID(p.Panel))
			continue
		}
		see(&p.RowPanel.Id)
		for i := range p.RowPanel.Panels {
			see(ownID(&p.RowPanel.Panels[i]))
		}
	}
	for _, id := range lacking {
		last++
		*id = last
	}
	return panels
}

// ownID returns a pointer to the panel's own copy of its id.
func ownID(p *dashboard.Panel) *uint32 {
	p.Id = cog.ToPtr(*cmp.Or(p.Id, new(uint32)))
	return p.Id
}
