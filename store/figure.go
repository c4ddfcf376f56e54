package store

import "time"

// FigureKind says what a figure is. What its bytes mean, matching/gaps knows.
type FigureKind string

// The kinds of figures.
const (
	SnapshotFigure FigureKind = "snapshot" // what was published of a day
	FrameFigure    FigureKind = "frame"    // how places are arranged for publishing, from its day on
)

// Figure is something of what is published about where skills are short, kept for its day (of matching.Day).
type Figure struct {
	Kind FigureKind
	Day  int32
	At   time.Time // when it was stored; set by the store
	Body []byte
}
