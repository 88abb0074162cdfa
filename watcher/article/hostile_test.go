package article

import (
	"bytes"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostilePages are built to be slow, deep or large; each is about 5 MiB.
func hostilePages() map[string][]byte {
	fill := func(s string) []byte { return bytes.Repeat([]byte(s), maxBody/len(s)) }
	attrs := func(open string) []byte {
		var b bytes.Buffer
		b.WriteString(open)
		for i := 0; b.Len() < maxBody-100; i++ {
			fmt.Fprintf(&b, " a%d", i)
		}
		b.WriteString(">text</p>")
		return b.Bytes()
	}
	numbered := func(f string) []byte {
		var b bytes.Buffer
		for i := 0; b.Len() < maxBody-200; i++ {
			fmt.Fprintf(&b, f, i)
		}
		return b.Bytes()
	}
	story := "<p>The harbour office of Lindhaven said on Monday that the ferry would sail again, and twelve boats with it.</p>"
	pages := map[string][]byte{
		"a million open divs":                      fill("<div>"),
		"a million open paragraphs":                fill("<p>"),
		"a million end tags of paragraphs":         fill("</p>"),
		"a million line breaks":                    fill("<br>"),
		"formatting that never closes":             fill("<b><i><a href=x><p>"),
		"formatting closed out of order":           fill("<b><p></b></p>"),
		"tables within tables":                     fill("<table><tr><td>"),
		"text thrown out of tables":                fill("<table>a<b>b"),
		"a million attributes on one element":      attrs("<p"),
		"bodies that each bring an attribute":      numbered("<body a%d>"),
		"html tags with new class names":           numbered("<html class=c%d>x"),
		"a million different classes":              numbered("<p class='c%d'>w"),
		"one endless word":                         fill("a"),
		"one endless paragraph":                    append([]byte("<p>"), fill("and the boats ")...),
		"nothing but less-than signs":              fill("<"),
		"comments that never end":                  fill("<!--"),
		"scripts that never end":                   fill("<script>"),
		"quotes that never end":                    fill("<a b=\""),
		"select elements":                          fill("<select><option>a"),
		"svg within svg":                           fill("<svg>"),
		"templates within templates":               fill("<template>"),
		"forty thousand story paragraphs":          fill(story),
		"the same line over and over":              fill("<li>Share</li>"),
		"JSON-LD nested deeply":                    []byte("<script type='application/ld+json'>" + strings.Repeat("[", 500_000) + "</script>"),
		"JSON-LD of two million brackets and text": []byte("<script type='application/ld+json'>" + strings.Repeat(`{"@graph":[`, 90_000) + "</script>"),
		"a thousand rows of a thousand cells":      []byte("<table>" + strings.Repeat("<tr>"+strings.Repeat("<td>1", 1000), 1000)),
		"zero bytes":                               bytes.Repeat([]byte{0}, maxBody),
		"bytes of no charset":                      bytes.Repeat([]byte{0xfe, 0x81, 0xff, 0x3c}, maxBody/4),
		"combining marks":                          fill("e\u0301\u0323"),
		"dates, one after the other":               fill("<h1>On 1 May 2026 and 01/02/03 Updated 12:00</h1>"),
	}
	maps.Copy(pages, hostileStates())
	return pages
}

func TestNoPageTakesMoreThanItsShareOfTimeAndMemory(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("reads thirty pages of 5 MiB twice; the race detector takes many times the time and memory")
	}
	for name, body := range hostilePages() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, o := Read(Page{URL: "https://lindhaven.example/a", Status: 200, Body: body})
			first := time.Since(start)
			start = time.Now()
			Reread(Page{URL: "https://lindhaven.example/a", Status: 200, Body: body}, o)
			again := time.Since(start)
			runtime.ReadMemStats(&after)
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1500 {
				t.Errorf("reading twice allocated %d MiB", mb)
			}
			if first+again > 20*time.Second {
				t.Errorf("reading twice took %v", first+again) // a quadratic path takes minutes; load does not
			}
			t.Logf("first %v, again %v, %d MiB", first, again, (after.TotalAlloc-before.TotalAlloc)>>20)
		})
	}
}
