// Package topics owns the lasting shelves that ideas stand on.
//
// It offers the list of topics. It refuses to know what stands on them.
package topics
