package feed

import "context"

// LookNow looks at the database at once.
func (f *Feed) LookNow(ctx context.Context) { f.lookAll(ctx) }

// Gap is what the bus reports when messages may have been missed.
func (f *Feed) Gap() { f.heardAgain() }
