// Package cocreation is how an idea gets further hands: suggestions taken up,
// invitations, and ideas that build on others.
//
// It owns the tables taken_up and invitations, and makes the co-creators of an
// idea of the reasons there are for each. It offers taking up and undoing it,
// inviting, answering and leaving, the edit that works a suggestion in, and the
// family of an idea. It refuses to know products, whose credits follow from the
// co-creators at adoption.
package cocreation
