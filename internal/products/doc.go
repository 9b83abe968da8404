// Package products owns what comes of ideas: adoption, products and credits.
//
// It offers Adopt, the stages of a product, and the undo of a decision. It
// refuses to know HTTP and votes.
package products
