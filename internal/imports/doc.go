// Package imports brings other tools' ideas here, and takes them away again.
//
// It owns the reading of CSV files, the mapping of their columns, and the table
// imports. It offers Run, which adds each idea of a file once however often it
// is read, Undo and List. Counts from elsewhere become what an idea carried
// over, and never a vote. It refuses to know HTTP, terminals, and who may import.
package imports
