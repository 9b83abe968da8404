// Package pages answers with HTML: one file for each page or form.
//
// It owns parsing forms and filling view models. It offers a handler for each
// address of the site. Whether something may happen, and what it means, is
// decided by the services it calls.
package pages
