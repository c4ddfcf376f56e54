package matching

// Wish is what a person wants, apart from trade, reach and pay. The codes and masks are those of a Seeker.
type Wish struct {
	Kinds, Gender, Needs uint8
	ConfirmedOnly        bool
}

// Ask is what an opening says about whom it takes and what it gives, apart from trade and pay. The masks are those of an Opening.
type Ask struct{ Kind, OpenTo, NeedYes, NeedNo uint8 }

// Wish gives what a person wants.
func (s *Seeker) Wish() Wish { return Wish{s.Kinds, s.Gender, s.Needs, s.ConfirmedOnly} }

// Ask gives what an opening says.
func (o *Opening) Ask() Ask { return Ask{o.Kind, o.OpenTo, o.NeedYes, o.NeedNo} }

// Meets tells whether a wish and an ask agree: what Possible asks, apart from status, dates, trade, reach and pay.
func (w Wish) Meets(a Ask) bool {
	return w.Kinds&a.Kind != 0 && a.OpenTo&(1<<w.Gender) != 0 && w.Needs&a.NeedNo == 0 && (!w.ConfirmedOnly || w.Needs&^a.NeedYes == 0)
}
