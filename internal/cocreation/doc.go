// Package cocreation is how an idea gets further hands: suggestions taken up,
// invitations, and ideas that build on others.
package cocreation
