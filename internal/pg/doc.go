// Package pg is the way to PostgreSQL.
//
// It owns the connection's settings, the transaction, the migration lock, and
// what PostgreSQL's refusals mean. It offers Open, Complete, InTx, Together, Shared,
// Prepared, Patient, GetNamed, Violates, Away, Migrate and Pending. It refuses to know
// any table, and how the server it talks to is run: that is pg/cluster's.
package pg
