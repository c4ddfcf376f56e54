package report

import (
	"math"
	"strconv"
	"strings"
)

// drawing is a picture in millimetres, drawn left to right; mirrored turns it over for a language that is written from the right.
type drawing struct {
	Width, Height float64
	Bars          []bar
	Lines         []line
	Circles       []circle
	Labels        []label
	Paths         []path
}

type bar struct {
	X, Y, W, H float64
	Class      string
}

type line struct{ X1, Y1, X2, Y2 float64 }

type circle struct {
	X, Y, R float64
	Class   string
}

type path struct{ D, Class string }

// label is text at a point: it begins, ends or has its middle there.
type label struct {
	X, Y   float64
	Anchor string // start, middle or end, in the sense of left to right
	Class  string
	Text   string
	Figure string // which figure the text is, for whoever checks the page; empty for other text
}

// mirrored turns a drawing over from left to right where the language asks for it.
func (d drawing) mirrored(lang *words) *drawing {
	if lang.Dir != "rtl" {
		return &d
	}
	for i, b := range d.Bars {
		d.Bars[i].X = d.Width - b.X - b.W
	}
	for i, l := range d.Lines {
		d.Lines[i].X1, d.Lines[i].X2 = d.Width-l.X1, d.Width-l.X2
	}
	for i, c := range d.Circles {
		d.Circles[i].X = d.Width - c.X
	}
	other := map[string]string{"start": "end", "end": "start", "middle": "middle"}
	for i, l := range d.Labels {
		d.Labels[i].X, d.Labels[i].Anchor = d.Width-l.X, other[l.Anchor]
	}
	return &d
}

// mm writes a length, to a hundredth of a millimetre, which no eye sees.
func mm(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}

// atMost gives the next of 1, 2 or 5 times a power of ten that is no more than x.
func atMost(x float64) float64 {
	step := math.Pow10(int(math.Floor(math.Log10(x))))
	for _, digit := range [...]float64{5, 2} {
		if step*digit <= x {
			return step * digit
		}
	}
	return step
}
