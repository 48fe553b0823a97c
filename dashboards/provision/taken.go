package provision

import (
	"errors"
	"fmt"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
)

// names are the names already used by a service's rule files, by file name, and by their rules.
type names map[string]dashboards.RuleFile

// add refuses an invalid or used file name, two groups with one name in the file, and rules whose names are used.
func (n names) add(t dashboards.Target, file dashboards.RuleFile, groups []alert.Built) error {
	if uid := t.UID(file.Name); !validUID.allows(uid) {
		return fmt.Errorf("rules of %q (%s): the file's name must be 1 to 40 letters, digits, - and _", uid, file.Place(file.Name))
	}
	errs := []error{n.take("rule file", file.Name, file)}
	inFile := names{}
	for _, group := range groups {
		if group.Name == "" {
			errs = append(errs, fmt.Errorf("rules of %s (%s): each group needs a Name", file.Name, file.Place("")))
		}
		errs = append(errs, inFile.take("group of "+file.Name, group.Name, file))
		for _, rule := range group.Rules {
			kind := "alert"
			if rule.Record != "" {
				kind = "record"
			}
			errs = append(errs, n.take(kind, rule.Alert+rule.Record, file))
		}
	}
	return errors.Join(errs...)
}

// take refuses a used name, and says where both are written.
func (n names) take(kind, name string, file dashboards.RuleFile) error {
	key := kind + " " + name
	first, taken := n[key]
	n[key] = file
	if !taken {
		return nil
	}
	at, earlier := file.Place(name), first.Place(name)
	if at != earlier {
		at = earlier + " and " + at
	}
	return fmt.Errorf("%s exists twice (%s): give one of them another name", key, at)
}
