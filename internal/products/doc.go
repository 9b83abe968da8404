// Package products owns what comes of ideas: adoption, products with their
// stages and milestones, credits and rewards, the test by customers, and their
// verdict.
//
// It offers Adopt, the moves between stages and their undo, and what the team
// and the customers do with a product. It refuses to know HTTP, how people are
// told, and how a product is shown.
package products
