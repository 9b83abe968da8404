// Package pages answers with HTML: one file for each page or form.
//
// It owns parsing forms and filling view models. It offers a handler for each
// address of the site. It refuses to know whether something may happen and what
// it means: the services it calls decide that.
package pages
