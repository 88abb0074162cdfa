package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
)

// A guard decides which addresses the client may dial. It admits public IPv4
// and 2000::/3 less the special ranges, on the ports configured, and whatever
// lies in the allowed private ranges, on any port.
//
// It sits in net.Dialer.Control, which sees the address that the kernel is
// about to connect to: redirects, names that resolve to another address the
// second time (DNS rebinding) and odd spellings all come by there. What it is
// asked before dialling only makes for a better message.
type guard struct {
	private []netip.Prefix // admitted although special
	ports   []int          // admitted for public addresses
}

// A guardError says why an address or port is not fetched from.
type guardError struct {
	addr netip.Addr // the zero Addr where it is about a port or a name
	text string
}

func (e *guardError) Error() string {
	if e.addr.IsValid() {
		return e.addr.String() + " is " + e.text
	}
	return e.text
}

// of returns the sentence for a host that was asked for by name.
func (e *guardError) of(host string) string {
	if !e.addr.IsValid() || e.addr.String() == host {
		return e.Error()
	}
	return fmt.Sprintf("%s leads to %s, %s", host, e.addr, e.text)
}

// control is a net.Dialer's Control.
func (g *guard) control(network, address string, _ syscall.RawConn) error {
	peer, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") {
		return &guardError{text: fmt.Sprintf("%s %s is no TCP address and port", network, clip(address, 80))}
	}
	return g.check(peer.Addr(), int(peer.Port()))
}

// check returns a *guardError unless addr may be dialled on port.
func (g *guard) check(addr netip.Addr, port int) error {
	for _, p := range g.private {
		if p.Contains(addr) { // never true of an address with a zone
			return nil
		}
	}
	if kind := special(addr); kind != "" {
		return &guardError{addr, kind + ", which stet does not fetch. To allow it, add it to allow_private under [fetch]."}
	}
	return g.checkPort(port)
}

func (g *guard) checkPort(port int) error {
	if slices.Contains(g.ports, port) {
		return nil
	}
	return &guardError{text: fmt.Sprintf("port %d is not one that stet fetches from. To allow it, add it to allow_ports under [fetch].", port)}
}

// checkURL judges a URL from ParseURL as far as can be done without asking a
// name server.
func (g *guard) checkURL(u *url.URL) error {
	addr, err := netip.ParseAddr(u.Hostname())
	switch {
	case err == nil:
		return g.check(addr, portOf(u))
	case len(g.private) > 0:
		return nil // the name may lead to an allowed private address, which may have any port
	case u.Hostname() == "localhost":
		return &guardError{text: "localhost is this machine, which stet does not fetch. To allow it, add 127.0.0.0/8 to allow_private under [fetch]."}
	}
	return g.checkPort(portOf(u))
}

// checkResolved judges the addresses of a name that a proxy will connect to.
// A name that does not resolve here is left to the proxy.
func (g *guard) checkResolved(addrs []netip.Addr, port int) error {
	if len(addrs) == 0 {
		return g.checkPort(port)
	}
	for _, addr := range addrs {
		if err := g.check(addr.Unmap(), port); err != nil {
			return err
		}
	}
	return nil
}

// special returns what is special about an address, such as "a private
// address", or "" for a public one.
func special(addr netip.Addr) string {
	switch {
	case !addr.IsValid():
		return "no address"
	case addr.Zone() != "":
		return "an address of this machine's own network"
	}
	for _, r := range specialRanges {
		if r.prefix.Contains(addr) {
			return r.kind
		}
	}
	if addr.Is4() || globalUnicast.Contains(addr) {
		return ""
	}
	return "no public address"
}

// globalUnicast is all that is given out of IPv6 so far.
// Source: https://www.iana.org/assignments/ipv6-unicast-address-assignments
var globalUnicast = netip.MustParsePrefix("2000::/3")

// specialRanges are the addresses that are not for reaching the public. Those
// that the registries list as reachable (AS112, AMT) serve no pages, so all of
// each registry is here.
// Sources: https://www.iana.org/assignments/iana-ipv4-special-registry,
// https://www.iana.org/assignments/iana-ipv6-special-registry,
// https://www.iana.org/assignments/multicast-addresses, and for 168.63.129.16
// https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
var specialRanges = []struct {
	prefix netip.Prefix
	kind   string
}{
	{netip.MustParsePrefix("127.0.0.0/8"), "a loopback address"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private address"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private address"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private address"},
	{netip.MustParsePrefix("169.254.0.0/16"), "a link-local address, where clouds keep their secrets"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a private address of a provider's network"},
	{netip.MustParsePrefix("168.63.129.16/32"), "an address of the Azure platform"},
	{netip.MustParsePrefix("0.0.0.0/8"), "an address of this machine's own network"},
	{netip.MustParsePrefix("192.0.0.0/24"), "an address kept for protocols"},
	{netip.MustParsePrefix("192.0.2.0/24"), "an address kept for documentation"},
	{netip.MustParsePrefix("198.51.100.0/24"), "an address kept for documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "an address kept for documentation"},
	{netip.MustParsePrefix("192.31.196.0/24"), "an address kept for name servers"},
	{netip.MustParsePrefix("192.175.48.0/24"), "an address kept for name servers"},
	{netip.MustParsePrefix("192.52.193.0/24"), "an address kept for multicast relays"},
	{netip.MustParsePrefix("192.88.99.0/24"), "an address kept for IPv6 relays"},
	{netip.MustParsePrefix("198.18.0.0/15"), "an address kept for benchmarks"},
	{netip.MustParsePrefix("224.0.0.0/4"), "a multicast address"},
	{netip.MustParsePrefix("255.255.255.255/32"), "the broadcast address"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved address"},

	{netip.MustParsePrefix("::1/128"), "a loopback address"},
	{netip.MustParsePrefix("::/128"), "an address of this machine's own network"},
	{netip.MustParsePrefix("::ffff:0:0/96"), "an IPv4 address in the clothes of IPv6"},
	{netip.MustParsePrefix("64:ff9b::/96"), "an IPv4 address in the clothes of IPv6"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "an IPv4 address in the clothes of IPv6"},
	{netip.MustParsePrefix("2002::/16"), "an IPv4 address in the clothes of IPv6"},
	{netip.MustParsePrefix("2001::/23"), "an address kept for protocols"}, // Teredo and ORCHID too
	{netip.MustParsePrefix("2001:db8::/32"), "an address kept for documentation"},
	{netip.MustParsePrefix("3fff::/20"), "an address kept for documentation"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "an address kept for name servers"},
	{netip.MustParsePrefix("fc00::/7"), "a private address"},
	{netip.MustParsePrefix("fe80::/10"), "a link-local address"},
	{netip.MustParsePrefix("ff00::/8"), "a multicast address"},
}
