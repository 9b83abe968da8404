package pg

// OpenWithin is Open with a patience of the test's choosing.
var OpenWithin = openWithin
