package lint

import (
	"time"

	"github.com/hookline/hookline/detector/rule"
)

// maxListAge is how long a list may go unseen.
const maxListAge = 365 * 24 * time.Hour

// calls collects which lists patterns call: "name" as a whole, "name.group" by
// group.
func calls(set *rule.Set) map[string]bool {
	called := map[string]bool{}
	for _, of := range set.Rules {
		for _, p := range of.Patterns() {
			rule.Walk(p.Node, func(n rule.Node) bool {
				if ref, ok := n.(*rule.ListRef); ok && ref.Group == "" {
					called[ref.Name] = true
				} else if ok {
					called[ref.Name+"."+ref.Group] = true
				}
				return true
			})
		}
	}
	return called
}

func groupsCalled(l *rule.List, called map[string]bool) (missing []string) {
	if called[l.Name] {
		return nil
	}
	for _, group := range l.Groups {
		if !called[l.Name+"."+group] {
			missing = append(missing, group)
		}
	}
	return missing
}

func unusedLists(r *run) {
	called := calls(r.set)
	for _, l := range r.set.Lists {
		if missing := groupsCalled(l, called); len(missing) == len(l.Groups) {
			r.report(l.ID, l.Pos, len(l.ID), "no pattern calls @%s", l.Name)
		}
	}
}

// unusedGroups reports at the first entry of the group.
func unusedGroups(r *run) {
	called := calls(r.set)
	for _, l := range r.set.Lists {
		missing := groupsCalled(l, called)
		if len(missing) == len(l.Groups) {
			continue
		}
		for _, group := range missing {
			for _, p := range l.Entries() {
				if p.Name == group {
					r.inPattern(l.ID, p, whole(p), "no pattern calls @%s.%s", l.Name, group)
					break
				}
			}
		}
	}
}

func staleLists(r *run) {
	if r.options.Now.IsZero() {
		return
	}
	for _, l := range r.set.Lists {
		updated, err := time.Parse(time.DateOnly, l.Updated)
		if err == nil && r.options.Now.Sub(updated) > maxListAge {
			r.report(l.ID, l.Pos, len(l.ID), "list last looked at on %s", l.Updated).Hint = "check it and set updated"
		}
	}
}
