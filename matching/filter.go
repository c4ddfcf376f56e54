package matching

import "math/bits"

// OpenFor tells whether a posting may take a person of a gender; one who has not told it passes only what is open to all.
func (o *Opening) OpenFor(g Gender) bool { return o.OpenTo&(1<<genderCode(g)) != 0 }

// KindOfWork gives the kind of work of an opening; empty when the posting named none that is known.
func (o *Opening) KindOfWork() Kind {
	if o.Kind == 0 {
		return ""
	}
	return Kinds[bits.TrailingZeros8(o.Kind)]
}

// LiveAt tells whether a search may return the opening at a time, in seconds since 1970.
func (o *Opening) LiveAt(unix int64) bool {
	return o.Open && int64(o.Posted) <= unix && int64(o.Expires) > unix
}

// IsOf tells whether the person has told this gender.
func (s *Seeker) IsOf(g Gender) bool { return s.Gender == genderCode(g) }
