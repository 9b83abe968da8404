// Package owndata gives people what is theirs, and forgets them.
package owndata
