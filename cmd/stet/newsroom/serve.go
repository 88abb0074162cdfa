package newsroom

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"time"
)

// Handler serves every outlet under its own path, a front page, robots.txt
// and the pictures that the stories show.
func (n *Newsroom) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", robots)
	mux.HandleFunc("GET /{outlet}/img/{name}", picture)
	mux.HandleFunc("GET /{$}", n.front)
	mux.HandleFunc("GET /{outlet}/{$}", n.front)
	for _, st := range n.press.sortedStories() {
		mux.HandleFunc("GET "+st.path(), func(w http.ResponseWriter, r *http.Request) { n.story(w, r, st) })
	}
	return mux
}

// robots allows all but what no story is under.
func robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprint(w, "User-agent: *\nDisallow: /admin/\nDisallow: /search\nAllow: /\n")
}

// picture draws a plain picture whose colours follow its name.
func picture(w http.ResponseWriter, r *http.Request) {
	h := fnv.New32a()
	h.Write([]byte(r.PathValue("name")))
	hue := h.Sum32() % 360
	w.Header().Set("Content-Type", "image/svg+xml")
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540">`+
		`<rect width="960" height="540" fill="hsl(%d 35%% 72%%)"/><path d="M0 400 240 220 430 360 640 160 960 420V540H0z" fill="hsl(%d 30%% 42%%)"/></svg>`, hue, (hue+30)%360)
}

// front lists an outlet's stories, or all outlets' on the newsroom's own page.
func (n *Newsroom) front(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("outlet")
	o, ok := n.press.outlets[id]
	if id != "" && !ok {
		http.NotFound(w, r)
		return
	}
	title, lang := "The newsroom of stet demo", "en"
	if ok {
		title, lang = o.Name, o.Language
	}
	type line struct{ Href, Headline, Outlet string }
	page := struct {
		Title, Lang string
		Lines       []line
	}{Title: title, Lang: lang}
	for _, st := range n.press.sortedStories() {
		if id == "" || st.Outlet == id {
			page.Lines = append(page.Lines, line{st.path(), n.current(st.slug).Headline, n.press.outlets[st.Outlet].Name})
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := n.press.layouts.ExecuteTemplate(w, "front.html", page); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// story serves a story's page as it stands now, with fresh noise.
func (n *Newsroom) story(w http.ResponseWriter, r *http.Request, st story) {
	v := n.view(r, st)
	layout, status := st.Layout, http.StatusOK
	switch v.Serves {
	case servesWall:
		layout = "wall"
	case servesGone:
		layout, status = "gone", http.StatusGone
	}
	body, err := render(n.press.layouts, layout, v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset="+v.Outlet.Charset)
	h.Set("Cache-Control", "max-age=0, must-revalidate")
	h.Set("X-Request-Id", v.N.Token())
	http.SetCookie(w, &http.Cookie{Name: "visit", Value: v.N.Token(), Path: v.Home()})
	body = compress(w, r, v.Outlet, body)
	if status != http.StatusOK {
		w.WriteHeader(status)
		w.Write(body)
		return
	}
	http.ServeContent(w, r, "", validate(h, v, body), bytes.NewReader(body))
}

// view gathers what one answer is made of.
func (n *Newsroom) view(r *http.Request, st story) view {
	o := n.press.outlets[st.Outlet]
	f := n.press.filler[o.Language]
	zone := time.FixedZone("", o.UTCOffset*60)
	now, request := n.current(st.slug), n.requests.Add(1)
	return view{
		version: now,
		Story:   st,
		Outlet:  o,
		N:       newNoise(n.seed, request, f, st.Outlet, len(now.Blocks)),
		W:       f.Words,
		Now:     n.start.Add(time.Duration(request) * time.Second).In(zone),
		Origin:  "http://" + r.Host,
		zone:    zone,
		f:       f,
	}
}

// compress answers with gzip where the outlet has it and the client takes it.
func compress(w http.ResponseWriter, r *http.Request, o outlet, body []byte) []byte {
	if !o.Gzip {
		return body
	}
	w.Header().Set("Vary", "Accept-Encoding")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return body
	}
	w.Header().Set("Content-Encoding", "gzip")
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(body) // a bytes.Buffer takes everything
	z.Close()
	return out.Bytes()
}

// validate sets the validators that the outlet gives, and returns the time for
// Last-Modified, zero for none.
func validate(h http.Header, v view, body []byte) time.Time {
	switch v.Outlet.Validator {
	case "version":
		h.Set("ETag", fmt.Sprintf(`W/"%s-%d"`, v.Story.slug, v.Number))
	case "bytes":
		sum := sha256.Sum256(body)
		h.Set("ETag", fmt.Sprintf(`"%x"`, sum[:8]))
	case "modified":
		return v.Modified
	}
	return time.Time{}
}
