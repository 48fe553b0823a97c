package lint

import (
	"slices"
	"strings"
	"unicode"
)

// mistyped returns the uid that a wrong one was probably meant to be; empty where there is none. Boards have siblings, such as
// shop-eu and shop-us, or db1 and db2, which may be elsewhere: so one letter of one long word may differ, or what is between words.
func mistyped(wrong string, uids []string) string {
	for _, uid := range slices.Sorted(slices.Values(uids)) {
		if uid != "" && isTypo(words(wrong), words(uid)) {
			return uid
		}
	}
	return ""
}

func words(uid string) []string {
	return strings.FieldsFunc(strings.ToLower(uid), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func isTypo(a, b []string) bool {
	if strings.Join(a, "") == strings.Join(b, "") {
		return true
	}
	if len(a) != len(b) {
		return false
	}
	differ := 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		if differ++; differ > 1 || min(len(a[i]), len(b[i])) < 4 || strings.ContainsFunc(a[i]+b[i], unicode.IsDigit) || distance(a[i], b[i]) > 1 {
			return false
		}
	}
	return true
}
