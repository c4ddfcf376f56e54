package api

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// origin is where a request comes from, as far as limits need to know. It is never logged.
type origin struct {
	network netip.Prefix // an IPv4 address, or the /64 of an IPv6 one
	local   bool         // a program on this machine, and not a proxy on it that speaks for others
}

const forwardedHeader = "X-Forwarded-For"

// callerAt finds where a request comes from. X-Forwarded-For is anybody's to write: it is believed from proxies that we were told of,
// from its end to the first address that is none of theirs.
func (l *limits) callerAt(r *http.Request) origin {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return origin{}
	}
	at := peer.Addr().Unmap()
	forwarded := r.Header.Values(forwardedHeader)
	if !l.isProxy(at) {
		return origin{network: networkOf(at), local: at.IsLoopback() && len(forwarded) == 0}
	}
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for _, hop := range slices.Backward(hops) {
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break // what is left of here was not written by a proxy of ours
		}
		if at = before.Unmap(); !l.isProxy(at) {
			break
		}
	}
	return origin{network: networkOf(at)}
}

func (l *limits) isProxy(at netip.Addr) bool {
	return slices.ContainsFunc(l.Proxies, func(p netip.Prefix) bool { return p.Contains(at) })
}

// networkOf gives the addresses that one subscriber has: one of IPv4, a /64 of IPv6.
func networkOf(at netip.Addr) netip.Prefix {
	bits := 32
	if at.Is6() {
		bits = 64
	}
	network, err := at.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return network
}
