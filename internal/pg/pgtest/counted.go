package pgtest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Counted connects to a test's database and counts the questions that are put to
// it that way: each statement that runs, whatever it reads or writes.
func Counted(t testing.TB, dsn string) (*sqlx.DB, *atomic.Int64) {
	t.Helper()
	plain, err := pq.NewConnector(dsn)
	if err != nil {
		t.Fatal(err)
	}
	asked := new(atomic.Int64)
	db := sqlx.NewDb(sql.OpenDB(counting{plain, asked}), "postgres")
	t.Cleanup(func() { _ = db.Close() })
	return db, asked
}

// counting is a connector whose connections count questions.
type counting struct {
	driver.Connector
	asked *atomic.Int64
}

func (c counting) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return countingConn{conn, c.asked}, nil
}

// countingConn prepares everything, so that each question is one of a statement.
type countingConn struct {
	driver.Conn
	asked *atomic.Int64
}

func (c countingConn) Prepare(query string) (driver.Stmt, error) {
	s, err := c.Conn.Prepare(query)
	return countingStmt{s, c.asked}, err
}

type countingStmt struct {
	driver.Stmt
	asked *atomic.Int64
}

func (s countingStmt) Query(args []driver.Value) (driver.Rows, error) {
	s.asked.Add(1)
	//lint:ignore SA1019 what is prepared is asked this way here, and counted
	return s.Stmt.Query(args)
}

func (s countingStmt) Exec(args []driver.Value) (driver.Result, error) {
	s.asked.Add(1)
	//lint:ignore SA1019 what is prepared is asked this way here, and counted
	return s.Stmt.Exec(args)
}
