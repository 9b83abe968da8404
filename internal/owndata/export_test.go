package owndata

import "strings"

// Covered says of a column, "table.column", whether it stands in a file of an
// export or is withheld with a reason.
func Covered(column string) bool {
	for _, part := range sections {
		for _, c := range part.columns {
			if c == column {
				return true
			}
		}
	}
	return withheld[column] != ""
}

// Columns lists all that sections and withheld speak of.
func Columns() []string {
	var list []string
	for _, part := range sections {
		list = append(list, part.columns...)
	}
	for column := range withheld {
		list = append(list, column)
	}
	return list
}

// Files are the names of the files in an export, without their ending.
func Files() []string {
	var list []string
	for _, part := range sections {
		list = append(list, strings.TrimSuffix(part.file, ".json"))
	}
	return list
}
