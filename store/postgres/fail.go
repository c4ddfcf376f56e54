package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"rabta/internal/fault"
	"rabta/store/layout"
)

// SQLSTATE codes that decide what a caller is told or what we do. A class is the first two characters.
const (
	codeUniqueViolation = "23505"
	codeReadOnly        = "25006"
	codeIdle            = "25P03"
	codeForbidden       = "42501"
	codeBadText         = "22021"
	codeSerialisation   = "40001"
	codeDeadlock        = "40P01"
	codeDiskFull        = "53100"
	codeLockTimeout     = "55P03"
	codeCancelled       = "57014"
	codeWarning         = "01000"

	classConnection = "08"
	classIntegrity  = "23"
	classUser       = "28"
	classDatabase   = "3D"
	classRetry      = "40"
	classResources  = "53"
	classShutdown   = "57"
)

// fail gives an error its kind and the operation that met it, and keeps of what PostgreSQL and pgx say only what holds no value, host,
// user or password.
func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return fault.Wrap(op, err)
	}
	kind, message := kindOf(err)
	return &fault.Error{Kind: kind, Op: op, Message: message, Err: plain(err)}
}

func kindOf(err error) (fault.Kind, string) {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound, "There is no such record."
	}
	if server, ok := errors.AsType[*pgconn.PgError](err); ok {
		return kindOfState(server)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Unavailable, "This took longer than it was given. Try again."
	}
	if errors.Is(err, puddle.ErrClosedPool) {
		return fault.Unavailable, "The store is closed. Try again in a moment."
	}
	if lost(err) {
		return fault.Unavailable, "The database cannot be reached just now. Try again in a moment."
	}
	return fault.Internal, ""
}

func kindOfState(server *pgconn.PgError) (fault.Kind, string) {
	switch server.Code {
	case codeDiskFull:
		return fault.Full, "The disk is full. Nothing was changed; free some space and send it again."
	case codeUniqueViolation:
		return conflictOf(server)
	case codeBadText:
		return fault.Invalid, "A text holds a character that cannot be stored. Send it without NUL characters, in UTF-8."
	case codeLockTimeout:
		return fault.Unavailable, "The store is busy. Try again in a moment."
	case codeCancelled, codeIdle:
		return fault.Unavailable, "This took longer than it was given. Try again."
	case codeReadOnly:
		return fault.Unavailable, "The database takes no changes just now. Try again in a moment."
	}
	switch server.Code[:min(2, len(server.Code))] {
	case classIntegrity:
		return fault.Conflict, "The record breaks a rule of the store. Nothing was changed; read it again and send it corrected."
	case classRetry:
		return fault.Unavailable, "The store is busy. Try again in a moment."
	case classUser:
		return fault.Unavailable, "The database does not let this user in. Check the user and the password of the database URL."
	case classDatabase:
		return fault.Unavailable, "There is no such database. Create it, or check the name in the database URL."
	case classConnection, classResources, classShutdown:
		return fault.Unavailable, "The database cannot be reached just now. Try again in a moment."
	}
	return fault.Internal, ""
}

func conflictOf(server *pgconn.PgError) (fault.Kind, string) {
	if strings.HasSuffix(server.ConstraintName, "_pkey") {
		return fault.Conflict, "A record with this id exists already. Send a change of it with its version, or another id."
	}
	return fault.Conflict, "Another record holds the same external id of this source or the same secret. Change that record, or send another id."
}

// lost tells whether an error says that the connection, or the server behind it, is of no use any more. A context that ended says
// nothing of the server.
func lost(err error) bool {
	if err == nil {
		return false
	}
	if kept, ok := errors.AsType[*cause](err); ok {
		return kept.lost
	}
	if server, ok := errors.AsType[*pgconn.PgError](err); ok {
		class := server.Code[:min(2, len(server.Code))]
		return server.Code == codeReadOnly || class == classConnection || class == classShutdown && server.Code != codeCancelled
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, pgconn.ErrConnClosed) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, os.ErrDeadlineExceeded)
}

// stateOf gives the SQLSTATE of an error, or "".
func stateOf(err error) string {
	if kept, ok := errors.AsType[*cause](err); ok {
		return kept.state
	}
	if server, ok := errors.AsType[*pgconn.PgError](err); ok {
		return server.Code
	}
	return ""
}

// cause is what we keep of an error of PostgreSQL or pgx, whose own texts may quote a value, the user or the whole URL.
type cause struct {
	text  string
	state string // the SQLSTATE, if the server spoke
	lost  bool   // the connection is of no use any more
	err   error  // what errors.Is may still find: a context's error or the system's, which quote nothing
}

// Error gives the text.
func (c *cause) Error() string { return c.text }

// Unwrap gives what is safe to be found.
func (c *cause) Unwrap() error { return c.err }

// plain makes a cause. Messages of the server are kept where their class speaks of its own state and not of values.
func plain(err error) error {
	if errors.Is(err, layout.ErrDamaged) {
		return layout.ErrDamaged
	}
	if server, ok := errors.AsType[*pgconn.PgError](err); ok {
		text := "SQLSTATE " + server.Code
		switch server.Code[:min(2, len(server.Code))] {
		case "25", classRetry, "42", classResources, "54", "55", classShutdown, "58":
			text += ": " + server.Message
		case classIntegrity:
			text += ": " + server.TableName + " " + server.ConstraintName
		}
		return &cause{text: text, state: server.Code, lost: lost(err)}
	}
	for _, known := range []error{pgx.ErrNoRows, context.Canceled, context.DeadlineExceeded, io.ErrUnexpectedEOF, io.EOF, pgconn.ErrConnClosed,
		net.ErrClosed, os.ErrDeadlineExceeded, puddle.ErrClosedPool} {
		if errors.Is(err, known) {
			return &cause{text: known.Error(), lost: lost(err), err: known}
		}
	}
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return &cause{text: errno.Error(), lost: lost(err), err: errno}
	}
	return &cause{text: fmt.Sprintf("an error of type %T", err), lost: lost(err)}
}
