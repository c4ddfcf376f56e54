package matching

import (
	"strings"

	"rabta/geo"
)

// EmployerKinds lists the kinds of employers. A household, a thekedar and an unregistered workshop are employers too.
var EmployerKinds = [...]string{"company", "workshop", "household", "thekedar", "shop", "school", "clinic", "factory", "farm", "ngo",
	"hotel", "online"}

// CheckEmployer tells what is wrong with an employer's record: a *fault.Error that names the field, or nil.
func CheckEmployer(e *Employer) error {
	var c checkup
	oneOf(&c, "kind", e.Kind, EmployerKinds[:], false)
	c.nameAndPoint(e.Name, e.Location)
	return c.err()
}

// CheckInstitute tells what is wrong with an institute's record: a *fault.Error that names the field, or nil.
func CheckInstitute(i *Institute) error {
	var c checkup
	c.nameAndPoint(i.Name, i.Location)
	c.count("programmes", len(i.Programmes))
	return c.err()
}

func (c *checkup) nameAndPoint(name string, at *geo.Point) {
	c.line("name", name, maxText)
	c.ok(strings.TrimSpace(name) != "", "name", "The name is missing: send one of 1 to 200 letters.", "نام لکھیں۔")
	if at != nil {
		c.point("location", *at)
	}
}
