package main

import (
	"net/netip"
	"time"

	"rabta/api"
	"rabta/internal/fault"
)

// network is a range of addresses as CIDR, or one address.
type network netip.Prefix

// UnmarshalText reads a network.
func (n *network) UnmarshalText(text []byte) error {
	if p, err := netip.ParsePrefix(string(text)); err == nil {
		*n = network(p.Masked())
		return nil
	}
	at, err := netip.ParseAddr(string(text))
	if err != nil {
		return fault.Field("trusted-proxy", "--trusted-proxy takes an address or a range of them: 10.0.0.5 or 10.0.0.0/8.")
	}
	*n = network(netip.PrefixFrom(at.Unmap(), at.Unmap().BitLen()))
	return nil
}

// limitFlags are what callers of a server may ask of it. api.UsualLimits says why the numbers are what they are.
type limitFlags struct {
	AddressRate    float64       `default:"50" env:"RABTA_ADDRESS_RATE" placeholder:"N" help:"Requests a second without a token from one address (IPv6: one /64); four times as many at once. 0: any number."`
	TokenRate      float64       `default:"20" env:"RABTA_TOKEN_RATE" placeholder:"N" help:"Requests a second with one token of a person or an organisation; five times as many at once. Staff and services get ten times that. 0: any number."`
	CostlyRate     float64       `default:"2" env:"RABTA_COSTLY_RATE" placeholder:"N" help:"Of these, requests for candidates, imports and exports a second; ten times as many at once. 0: any number."`
	PostingChanges int           `default:"50" env:"RABTA_POSTING_CHANGES" placeholder:"N" help:"Changes a day of one posting by its employer, who could else learn by halving what candidates keep to themselves. 0: any number."`
	CandidateTerms int           `default:"20" env:"RABTA_CANDIDATE_TERMS" placeholder:"N" help:"New or changed postings a day whose candidates one employer may see, over all nodes. 0: any number."`
	LimitLocal     bool          `env:"RABTA_LIMIT_LOCAL" help:"Hold callers on this machine to these rates too."`
	TrustedProxy   []network     `env:"RABTA_TRUSTED_PROXY" placeholder:"CIDR" help:"Proxies whose X-Forwarded-For is believed. Without it every caller behind a proxy counts as one."`
	AtOnce         int           `default:"0" env:"RABTA_AT_ONCE" placeholder:"N" help:"Reading requests worked on at once; 0: 8 for each processor. 256 more wait up to a second, the rest get 503."`
	Connections    int           `default:"2048" env:"RABTA_CONNECTIONS" placeholder:"N" help:"Connections open at once, a quarter of them from one address. 0: any number."`
	RequestTime    time.Duration `default:"10s" env:"RABTA_REQUEST_TIME" placeholder:"TIME" help:"Time for one request, down to the store. 0: any time."`
}

// limits gives the limits that the flags ask for.
func (f *limitFlags) limits() api.Limits {
	l := api.UsualLimits()
	l.Address = rateOf(f.AddressRate, 4)
	l.Person, l.System = rateOf(f.TokenRate, 5), rateOf(10*f.TokenRate, 2)
	l.Costly, l.PostingChanges = rateOf(f.CostlyRate, 10), f.PostingChanges
	l.CandidateTerms = f.CandidateTerms
	l.Local, l.Connections, l.PerAddress, l.Time = f.LimitLocal, f.Connections, f.Connections/4, f.RequestTime
	if f.AtOnce > 0 {
		l.Reads = f.AtOnce
	}
	for _, n := range f.TrustedProxy {
		l.Proxies = append(l.Proxies, netip.Prefix(n))
	}
	return l
}

// rateOf allows so many times a second's number at once.
func rateOf(perSecond float64, times int) api.Rate {
	return api.Rate{PerSecond: perSecond, Burst: max(1, int(perSecond*float64(times)))}
}
