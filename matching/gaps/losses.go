package gaps

// What stands between a woman and work of her trade.
const (
	byDistance   = iota // it lies beyond her own reach, though within Settings.Reach
	byTransport         // she needs transport, and the posting refuses it (or has not stated it, where she wants it confirmed)
	byConditions        // another need of hers is so answered, or the posting is not open to her
)

// lossOne is how many fractions make one unit of a woman's account, which leaves room for sums over a whole trade.
const lossOne = 1 << 8

// needTransport is the bit of matching.NeedTransport, the first of matching.Needs.
const needTransport = 1 << 0

// weigh adds the work of one site to a woman's account: value is what she would have of it, in fractions. When nothing stands in the way
// she has it; else its loss is divided equally among what stands in the way. That is the Shapley value of the game in which the
// work is won once all its barriers are lifted (Shapley 1953), so the parts add up exactly, and values are counted in
// sixths of 256 fractions.
func (h *herd) weigh(j *site, value uint64, reaches bool) {
	value = value / lossOne * 6
	h.full += value
	refused := h.needs & j.no
	if h.confirmed {
		refused = h.needs &^ j.yes
	}
	var barred [3]bool
	barred[byDistance] = !reaches
	barred[byTransport] = refused&needTransport != 0
	barred[byConditions] = refused&^needTransport != 0 || j.openTo&(1<<h.gender) == 0
	n := count(barred[0]) + count(barred[1]) + count(barred[2])
	if n == 0 {
		h.usable += value
		return
	}
	for b, stands := range barred {
		if stands {
			h.lost[b] += value / uint64(n)
		}
	}
}
