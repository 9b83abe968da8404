package pg

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"syscall"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// Violates reports whether err is PostgreSQL refusing a row under the named
// constraint: unique, foreign key, check or exclusion.
func Violates(err error, constraint string) bool {
	e := pq.As(err,
		pqerror.UniqueViolation, pqerror.ForeignKeyViolation, pqerror.RestrictViolation,
		pqerror.CheckViolation, pqerror.ExclusionViolation)
	return e != nil && e.Constraint == constraint
}

// Away reports whether err says that the database could not serve us just now:
// unreachable, starting, stopping, full, or too slow. Trying again later may
// work, and nothing is wrong with what was asked.
//
// A request given up by its own caller (context.Canceled) is not away.
func Away(err error) bool {
	if err == nil {
		return false
	}
	if e := pq.As(err); e != nil {
		return awayCode(e.Code)
	}
	for _, gone := range []error{
		driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, // a proxy or a dying server closed the connection
		net.ErrClosed,
		syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EPIPE,
	} {
		if errors.Is(err, gone) {
			return true
		}
	}
	_, network := errors.AsType[net.Error](err) // a passed deadline is one, too
	return network
}

// Locked reports whether err says that rows stayed locked by somebody else for
// longer than lock_timeout. It is one kind of Away.
func Locked(err error) bool { return pq.As(err, pqerror.LockNotAvailable) != nil }

func awayCode(code pqerror.Code) bool {
	switch code.Class() {
	case "08", "53": // connection exception; too many connections, disk full
		return true
	}
	switch code {
	case pqerror.AdminShutdown, pqerror.CrashShutdown, pqerror.CannotConnectNow,
		pqerror.QueryCanceled, // statement_timeout; a cancelled caller is gone anyway
		pqerror.LockNotAvailable,
		pqerror.IdleInTransactionSessionTimeout, pqerror.IdleSessionTimeout:
		return true
	}
	return false
}

// Missing reports whether err says that a query found no row.
func Missing(err error) bool { return errors.Is(err, sql.ErrNoRows) }
