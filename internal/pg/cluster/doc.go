// Package cluster runs a PostgreSQL of our own, for whoever gave us none.
//
// It owns finding the programs, the data folder, the postmaster's process and
// its private socket. It offers Find, Start, Join, Lock and Throwaway, and on a
// Cluster DSN, EnsureDatabase, Supervise and Stop. It refuses to know schemas,
// pools, and what the databases are for.
//
// The folder given as Options.Data holds data (PostgreSQL's own), socket,
// server.log and two lock files. Processes that use one cluster share it: each
// holds a lock while it does, and the last one to stop stops the postmaster.
package cluster
