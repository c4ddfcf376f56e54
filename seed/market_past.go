package seed

import (
	"encoding/binary"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// pastDays is how far back the postings go that are filled, closed or withdrawn, so that some who were hired have been at work for half a year.
const pastDays = 300

// putBack moves a posting that is filled, closed or withdrawn back in time, as far as its employer goes, with its identifier and what hangs on its
// dates. Its chance is made from its identifier, so that the records after it stay as they are.
func (m *Market) putBack(p *matching.Posting, employer *matching.Employer) {
	if p.Status != matching.Filled && p.Status != matching.Closed && p.Status != matching.Withdrawn {
		return
	}
	id := p.ID.ULID()
	d := newDraw(m.seed, pastStream, int(binary.LittleEndian.Uint64(id[8:])>>1))
	back := time.Duration(d.Float64()*pastDays*24*3600) * time.Second
	if room := p.Created.Sub(employer.Created) - time.Hour; back > room {
		back = max(0, room)
	}
	p.Posted, p.Created, p.Updated, p.Expires = p.Posted.Add(-back), p.Created.Add(-back), p.Updated.Add(-back), p.Expires.Add(-back)
	if err := id.SetTime(ulid.Timestamp(p.Created)); err != nil {
		panic("seed: " + err.Error()) // only for a time before 1970
	}
	p.ID = matching.ID(matching.PostingPrefix + "_" + id.String())
	if p.Starts != nil {
		starts := p.Starts.Add(-back).Truncate(24 * time.Hour)
		p.Starts = &starts
	}
	for name, said := range p.Conditions {
		if said.At != nil {
			at := said.At.Add(-back)
			said.At = &at
			p.Conditions[name] = said
		}
	}
}
