// Package owndata gives people what is theirs, and forgets them.
//
// It offers the export, a ZIP of everything the board holds of one person, and
// erasing, which leaves a bare id. Which table belongs to whom stands in
// sections and in withheld; a test asks the database for every column that
// names an account, so that a new table cannot be left out of both. It refuses
// to know how any of it is shown.
package owndata
