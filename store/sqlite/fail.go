package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"rabta/internal/fault"
)

// fail gives an error its kind and the operation that met it. SQLite's own texts name tables and columns and never values.
func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return fault.Wrap(op, err)
	}
	kind, message := kindOf(err)
	return &fault.Error{Kind: kind, Op: op, Message: message, Err: err}
}

func kindOf(err error) (fault.Kind, string) {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NotFound, "There is no such record."
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Unavailable, "This took longer than it was given. Try again."
	}
	if noSpace(err) {
		return fault.Full, "The disk is full. Nothing was changed; free some space and send it again."
	}
	var lite sqlite3.Error
	if !errors.As(err, &lite) {
		return fault.Internal, ""
	}
	switch lite.Code {
	case sqlite3.ErrConstraint:
		return conflictOf(lite)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fault.Unavailable, "The store is busy. Try again in a moment."
	}
	return fault.Internal, ""
}

// noSpace tells whether the disk or the quota is used up, which SQLite reports as FULL or as an I/O error with the system's.
func noSpace(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.Code == sqlite3.ErrFull || outOfRoom(lite.SystemErrno)
	}
	return outOfRoom(err)
}

// outOfRoom tells whether the disk, the quota, or what one file may take is used up.
func outOfRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

func conflictOf(lite sqlite3.Error) (fault.Kind, string) {
	switch lite.ExtendedCode {
	case sqlite3.ErrConstraintPrimaryKey:
		return fault.Conflict, "A record with this id exists already. Send a change of it with its version, or another id."
	case sqlite3.ErrConstraintUnique:
		return fault.Conflict, "Another record holds the same external id of this source or the same secret. Change that record, or send another id."
	}
	return fault.Conflict, "The record breaks a rule of the store. Nothing was changed; read it again and send it corrected."
}
