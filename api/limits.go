package api

import (
	"context"
	"net/http"
	"net/netip"
	"runtime"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"rabta/internal/fault"
	"rabta/matching"
)

// Rate is how often a caller may ask: so many times a second in the long run, and Burst times at once. The zero value is no limit.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Limits bound what callers may ask of a node, so that none takes it from the others and memory stays flat. The zero value of each is no
// limit. Every node counts for itself.
type Limits struct {
	Address Rate // requests without a token from one address; IPv6 from one /64, which is what one subscriber has
	Person  Rate // requests with one token of a graduate, employer, institute or officer
	System  Rate // requests with one token of staff or of a service, which may be a program
	Costly  Rate // operations that read or write much, by one token or from one address
	Guess   Rate // tokens that are not known, from one address

	// PostingChanges is how often a day an employer may change one posting. Its list of candidates follows its terms: who could change
	// them without end could find by halving what its candidates keep to themselves, such as a lowest pay.
	PostingChanges int

	// CandidateTerms is under how many terms a day an employer may ask for candidates: a posting that is new or was changed has new terms.
	// The store counts, for all nodes. Who could post without end could find by halving too, with a posting for each half.
	CandidateTerms int

	Local   bool           // callers on this machine are limited too: rates are for strangers, and a batch job of one's own is none
	Proxies []netip.Prefix // whose X-Forwarded-For is believed
	Tracked int            // callers of each kind whose rate is known; who was not heard of for longest is forgotten. 0: 16,384

	Reads   int           // reading operations worked on at once: so many that the board answers, and as many that the store does
	Changes int           // changing operations worked on at once; apart from Reads, since changes wait for the disk
	Heavy   int           // operations that take long worked on at once
	Queue   int           // requests of each kind that wait for their turn; further ones are refused
	Wait    time.Duration // how long they wait
	Time    time.Duration // for one request in all; the store gives up with it
	Body    time.Duration // for its body to arrive; 0: 5 s. An operation that takes long has as long for its body

	Connections int // open at once; further ones are closed
	PerAddress  int // of them from one address that is no proxy
}

// UsualLimits are those of rabta serve. A person who searches asks once in seconds; a page of results is a few requests. One address
// may be that of a carrier's gateway with hundreds of phones behind it, so that it gets far more.
func UsualLimits() Limits {
	return Limits{
		Address: Rate{50, 200}, Person: Rate{20, 100}, System: Rate{200, 400}, Costly: Rate{2, 20}, Guess: Rate{1, 20},
		PostingChanges: 50, CandidateTerms: 20,
		Reads: 8 * runtime.GOMAXPROCS(0), Changes: 64, Heavy: max(2, runtime.GOMAXPROCS(0)/2),
		Queue: 256, Wait: time.Second, Time: 10 * time.Second,
		Connections: 2048, PerAddress: 512,
	}
}

// usualTracked keeps a table of rates under some megabytes.
const usualTracked = 16_384

// limits are the limits at work.
type limits struct {
	Limits
	address, guess         *rates[netip.Prefix]
	person, system, costly *rates[string]
	postings               *rates[matching.ID]
	reads, stored          *gate // apart, so that searches go on while reads by id wait for a slow store
	writes, heavy          *gate
	large                  chan struct{} // bodies that are taken apart
}

func newLimits(l Limits) *limits {
	if l.Tracked == 0 {
		l.Tracked = usualTracked
	}
	day := Rate{PerSecond: float64(l.PostingChanges) / (24 * time.Hour).Seconds(), Burst: l.PostingChanges}
	return &limits{Limits: l,
		address: newRates[netip.Prefix]("address", l.Address, l.Tracked), guess: newRates[netip.Prefix]("guess", l.Guess, l.Tracked),
		person: newRates[string]("person", l.Person, l.Tracked), system: newRates[string]("system", l.System, l.Tracked),
		costly: newRates[string]("costly", l.Costly, l.Tracked), postings: newRates[matching.ID]("posting", day, l.Tracked),
		reads: newGate(l.Reads, l.Queue, l.Wait), stored: newGate(l.Reads, l.Queue, l.Wait),
		writes: newGate(l.Changes, l.Queue, l.Wait), heavy: newGate(l.Heavy, l.Queue, l.Wait),
		large: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))}
}

// limitRate refuses a caller that asks too often. Who has a token is known by it: others behind the same address do not use it up.
func (s *server) limitRate(ctx huma.Context, next func(huma.Context)) {
	if err := s.rateOf(humagin.Unwrap(ctx).Request, callOf(ctx.Context()), operationOf(ctx.Operation()).costly); err != nil {
		s.refuse(ctx, err)
		return
	}
	next(ctx)
}

func (s *server) rateOf(r *http.Request, c *call, costly bool) error {
	from := s.limits.callerAt(r)
	if from.local && !s.limits.Local {
		return nil
	}
	var err error
	who := from.network.String()
	switch c.caller.role {
	case Nobody:
		err = take(s, s.limits.address, from.network)
	case AsStaff, AsService:
		who = c.caller.token
		err = take(s, s.limits.system, who)
	default:
		who = c.caller.token
		err = take(s, s.limits.person, who)
	}
	if err != nil || !costly {
		return err
	}
	return take(s, s.limits.costly, who)
}

// take counts one request and says when the next is welcome, if this one is too many.
func take[K comparable](s *server, r *rates[K], who K) error {
	wait := r.take(who, s.now())
	if wait <= 0 {
		return nil
	}
	s.metrics.limited.WithLabelValues(r.class).Inc()
	return tooMany(wait)
}

func tooMany(wait time.Duration) error {
	return &fault.Error{Kind: fault.TooMany, Op: "api.limit", After: wait,
		Message:   "This is more than one caller may ask in so short a time. Wait as many seconds as Retry-After says, and ask less often.",
		MessageUr: "آپ نے تھوڑے وقت میں بہت زیادہ درخواستیں بھیج دی ہیں۔ Retry-After میں لکھے سیکنڈ انتظار کریں، پھر دوبارہ کوشش کریں۔"}
}

// refuseToken gives the answer to a token that is not known: an address that sends many is told to wait. Those who bear a good token
// from the same address, which may be a carrier's gateway, hear nothing of it.
func (s *server) refuseToken(r *http.Request) error {
	from := s.limits.callerAt(r)
	if from.local && !s.limits.Local {
		return unknownToken()
	}
	if err := take(s, s.limits.guess, from.network); err != nil {
		return err
	}
	return unknownToken()
}

// limitChanges counts a change of a posting by its own employer.
func (s *server) limitChanges(by scope, posting matching.ID) error {
	if by != own {
		return nil
	}
	wait := s.limits.postings.take(posting, s.now())
	if wait <= 0 {
		return nil
	}
	s.metrics.limited.WithLabelValues(s.limits.postings.class).Inc()
	return &fault.Error{Kind: fault.TooMany, Op: "api.limitChanges", After: wait,
		Message:   "This posting has been changed as often as may be in a day. Wait as many seconds as Retry-After says before the next change.",
		MessageUr: "اس اشتہار میں ایک دن میں جتنی تبدیلیاں ہو سکتی ہیں ہو چکی ہیں۔ اگلی تبدیلی کے لیے Retry-After میں لکھے سیکنڈ انتظار کریں۔"}
}

// limitTerms counts the terms under which an employer asks for the candidates of its own posting. The same terms may be asked for again.
func (s *server) limitTerms(ctx context.Context, by scope, p *matching.Posting) error {
	if by != own || s.limits.CandidateTerms == 0 {
		return nil
	}
	since := s.now().Add(-24 * time.Hour)
	may, err := s.service.Spend(ctx, "candidates "+string(p.Employer), string(p.ID)+" "+strconv.FormatInt(p.Version, 10), since, s.limits.CandidateTerms)
	if err != nil || may {
		return err
	}
	s.metrics.limited.WithLabelValues("terms").Inc()
	return &fault.Error{Kind: fault.TooMany, Op: "api.limitTerms", After: time.Hour,
		Message:   "Candidates for so many new or changed postings are not shown to one employer in a day. Ask again tomorrow, or ask staff; lists that were shown today are shown again.",
		MessageUr: "ایک دن میں ایک آجر کو اتنے نئے یا بدلے ہوئے اشتہاروں کے امیدوار نہیں دکھائے جاتے۔ کل دوبارہ دیکھیں یا عملے سے کہیں؛ جو فہرستیں آج دیکھی ہیں وہ دوبارہ دیکھی جا سکتی ہیں۔"}
}

// toAnswer is kept back of a request's time for its answer: whoever works on it gives up so much sooner, and a tenth at most. When a network
// fails, all who wait for it give up in the same moment, and the last of their answers has to be out in time.
const toAnswer = 200 * time.Millisecond

// limitTime ends what takes too long, down to the store.
func (s *server) limitTime(ctx huma.Context, next func(huma.Context)) {
	most := operationOf(ctx.Operation()).time
	if most == 0 {
		most = s.limits.Time
	}
	if most == 0 {
		next(ctx)
		return
	}
	e := &ending{Context: ctx.Context(), at: time.Now().Add(most - min(most/10, toAnswer))}
	defer e.end()
	next(huma.WithContext(ctx, e))
}
