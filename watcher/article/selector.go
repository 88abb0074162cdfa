package article

import (
	"errors"
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A selector is a CSS selector, a list of them where it has commas. It is
// matched while a page is walked once, so that the time grows with the page's
// size alone: matching element by element, as cascadia itself does, takes the
// depth to the power of the combinators, which a hostile page makes hours.
// cascadia parses and matches what stands between the combinators.
type selector struct {
	text   string
	chains []chain
}

// A chain is compounds parted by combinators, such as "main > p.lead".
type chain []link

// A link is one compound with the combinator before it.
type link struct {
	combinator byte // ' ', '>', '+' or '~'; ' ' for the first
	sel        cascadia.Sel
	counts     bool // it counts siblings, as :nth-child does
}

// maxChain is the most compounds of a chain: the bits of a state.
const maxChain = 32

// parseSelector reads a selector.
func parseSelector(s string) (selector, error) {
	out := selector{text: s}
	p := selectorParser{in: s}
	for {
		c, err := p.chain()
		if err != nil {
			return out, fmt.Errorf("is %.80q, which is no CSS selector that stet can use: %w", s, err)
		}
		out.chains = append(out.chains, c)
		if p.at == len(s) {
			return out, nil
		}
		p.at++ // the comma
	}
}

// A selectorParser takes a selector apart at its combinators.
type selectorParser struct {
	in string
	at int
}

// chain reads up to a comma or the end.
func (p *selectorParser) chain() (chain, error) {
	var c chain
	for {
		combinator, err := p.combinator(len(c) == 0)
		if err != nil {
			return nil, err
		}
		if p.at == len(p.in) || p.in[p.at] == ',' {
			if len(c) == 0 {
				return nil, errors.New("a selector is missing beside the comma")
			}
			return c, nil
		}
		text, err := p.compound()
		if err != nil {
			return nil, err
		}
		sel, err := parseCompound(text)
		if err != nil {
			return nil, err
		}
		counts := strings.Contains(text, ":nth-") || strings.Contains(text, "-child") || strings.Contains(text, "-of-type")
		if c = append(c, link{combinator, sel, counts}); len(c) > maxChain {
			return nil, fmt.Errorf("it has more than %d parts", maxChain)
		}
	}
}

// combinator reads white space and at most one of > + ~.
func (p *selectorParser) combinator(first bool) (byte, error) {
	found := byte(' ')
	for ; p.at < len(p.in); p.at++ {
		c := p.in[p.at]
		switch {
		case isSpaceOr(c, ' '):
			continue
		case c != '>' && c != '+' && c != '~':
		case first:
			return 0, fmt.Errorf("nothing stands before %q", c)
		case found != ' ':
			return 0, fmt.Errorf("%q follows %q", c, found)
		default:
			found = c
			continue
		}
		break
	}
	if found != ' ' && (p.at == len(p.in) || p.in[p.at] == ',') {
		return 0, fmt.Errorf("nothing stands after %q", found)
	}
	return found, nil
}

// compound reads up to a combinator, a comma or the end, none of which counts
// within quotes, brackets and parentheses.
func (p *selectorParser) compound() (string, error) {
	from := p.at
	var open []byte // what closes each bracket and quote
	for ; p.at < len(p.in); p.at++ {
		c := p.in[p.at]
		quoted := len(open) > 0 && (open[len(open)-1] == '"' || open[len(open)-1] == '\'')
		switch {
		case c == '\\':
			p.at++
		case len(open) > 0 && c == open[len(open)-1]:
			open = open[:len(open)-1]
		case quoted:
		case c == '"' || c == '\'':
			open = append(open, c)
		case c == '[':
			open = append(open, ']')
		case c == '(':
			open = append(open, ')')
		case len(open) == 0 && (isSpaceOr(c, ',') || c == '>' || c == '+' || c == '~'):
			return p.in[from:p.at], nil
		}
	}
	p.at = min(p.at, len(p.in))
	if len(open) > 0 {
		return "", fmt.Errorf("a %q is missing at the end", open[len(open)-1])
	}
	return p.in[from:], nil
}

// parseCompound parses what stands between two combinators.
func parseCompound(text string) (cascadia.Sel, error) {
	if err := checkFunctions(strings.ToLower(text)); err != nil {
		return nil, err
	}
	sel, err := cascadia.Parse(text)
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "cascadia: "))
	}
	return sel, nil
}

// checkFunctions refuses what takes more time than a page's size: a search
// within a search, and in the texts of all that surrounds a text.
func checkFunctions(text string) error {
	for _, f := range []string{":contains(", ":containsown(", ":matches(", ":matchesown("} {
		if strings.Contains(text, f) {
			return fmt.Errorf("%s…) is no CSS; ignore_text leaves out text by its words", f)
		}
	}
	for _, f := range []string{":not(", ":has(", ":haschild("} {
		for rest := text; ; {
			_, after, found := strings.Cut(rest, f)
			if !found {
				break
			}
			argument, _, _ := strings.Cut(after, ")")
			if !simpleList(argument) {
				return fmt.Errorf("within the parentheses of %s…) stet takes simple selectors, without combinators and further parentheses", f)
			}
			rest = after
		}
	}
	return nil
}

// simpleList reports whether s is compounds parted by commas.
func simpleList(s string) bool {
	p := selectorParser{in: s}
	for p.at < len(s) {
		if _, err := p.combinator(true); err != nil {
			return false
		}
		if _, err := p.compound(); err != nil {
			return false
		}
		if c, err := p.combinator(false); err != nil || c != ' ' || p.at < len(s) && s[p.at] != ',' {
			return false
		}
		p.at++
	}
	return !strings.Contains(s, "(")
}

// The bounds of a page's tree within which rules are matched.
const (
	// maxMatched is the most elements; a news page of 160 KB has 1,500.
	maxMatched = 50_000
	// maxCounted is the most siblings that are counted, as :nth-child does.
	maxCounted = 1000
)

// A matcher walks a tree and says of each element which selectors match it.
type matcher struct {
	selectors []selector
	levels    []level // by depth
	matched   int     // elements so far
	over      bool    // the tree goes beyond the bounds
	visit     func(n *html.Node, which []bool) (descend bool)
	which     []bool // by selector, for visit
}

// A level is the state at one depth of the walk: for each chain of all
// selectors the set of its links that end at an element, as bits.
type level struct {
	own   []uint32 // at the element at hand
	above []uint32 // at it or anything around it
	prev  []uint32 // at the element before it
	sibs  []uint32 // at any element before it, of the same parent
}

// match walks the tree below root and calls visit for each element that a
// selector matches. What stands in one that visit does not want to descend
// into is passed over.
func (m *matcher) match(root *html.Node) {
	m.which = make([]bool, len(m.selectors))
	m.children(root, 0)
}

// level returns the state at a depth.
func (m *matcher) level(depth int) level {
	for len(m.levels) <= depth {
		n := 0
		for _, s := range m.selectors {
			n += len(s.chains)
		}
		all := make([]uint32, 4*n)
		m.levels = append(m.levels, level{all[:n], all[n : 2*n], all[2*n : 3*n], all[3*n:]})
	}
	return m.levels[depth]
}

// children walks the elements below n, which stands at a depth.
func (m *matcher) children(n *html.Node, depth int) {
	if depth > maxDepth {
		m.over = true
		return
	}
	up, l := m.level(depth), m.level(depth+1)
	clear(l.prev)
	clear(l.sibs)
	for c, count := n.FirstChild, 0; c != nil; {
		next := c.NextSibling // visit may take c out of the tree
		if c.Type == html.ElementNode {
			if m.matched++; m.matched > maxMatched {
				m.over = true
				return
			}
			count++
			if m.element(c, up, l, count) {
				m.children(c, depth+1)
			}
			copy(l.prev, l.own)
			for i := range l.sibs {
				l.sibs[i] |= l.own[i]
			}
		}
		c = next
	}
}

// element sets the state at an element, the count-th of its parent, and tells
// visit what matches it.
func (m *matcher) element(n *html.Node, up, l level, count int) (descend bool) {
	at, any := 0, false
	for s := range m.selectors {
		m.which[s] = false
		for _, c := range m.selectors[s].chains {
			l.own[at] = m.links(c, n, up, l, at, count)
			l.above[at] = up.above[at] | l.own[at]
			if l.own[at]>>(len(c)-1)&1 != 0 {
				m.which[s], any = true, true
			}
			at++
		}
	}
	return !any || m.visit(n, m.which)
}

// links returns which links of a chain end at n.
func (m *matcher) links(c chain, n *html.Node, up, l level, at, count int) uint32 {
	own := uint32(0)
	for i, k := range c {
		if i > 0 {
			before := up.above[at]
			switch k.combinator {
			case '>':
				before = up.own[at]
			case '+':
				before = l.prev[at]
			case '~':
				before = l.sibs[at]
			}
			if before>>(i-1)&1 == 0 {
				continue
			}
		}
		if k.counts && count > maxCounted {
			m.over = true
			continue
		}
		if k.sel.Match(n) {
			own |= 1 << i
		}
	}
	return own
}
