-- The first schema of stet's SQLite store.
--
-- Times (…_at) are microseconds since 1970 UTC, 0 for none; durations (…_us)
-- are microseconds. Lists are JSON arrays. Bytes named in ‹…› are packed: a zstd
-- frame whose dictionary, where base is set, is the unpacked content of the row
-- that base names; that row has no base itself.
--
-- watches            one row a watch, and what the next check needs to know
--   due_at           when Claim may hand it out: next_check_at, or while it is
--                    leased the end of the lease
--   lease            number of the latest claim; a look that carries another is late
--   leased_until     0 when nobody looks at it now
--   spell_at         when the present spell of failed, refused or quarantined
--                    checks began, or of checks that found the story gone; 0
--                    outside of one
-- looks              one row a watch: the latest check's steps, overwritten
-- revisions          every revision, for ever
--   url              the watch's address when it was kept, as its leaf has it
--   last_seen_at     NULL for the latest revision: its watch's last_seen_at then
--   ‹content›        length of the article's JSON as uvarint, that JSON, the outline
--   salt, leaf, leaf_hash   its leaf in the ledger
-- outlines           one row a watch: the latest revision's outline where a later
--                    check replaced it, ‹outline› without a base
-- captures           pages as fetched
--   role             'revision': the page a revision was read from, kept for ever;
--                    'latest': the latest page whose bytes differ from that one;
--                    'first', 'last': the first and the last of a spell
--   hash             SHA-256 of the unpacked body
-- changes            what changed, and the outbox: unrouted is 1 until notify has
--                    made the deliveries, then NULL
--   from_number, to_number   revision numbers; equal for a change of no text
--   previous_at      when the story was last seen before the change
--   ‹data›           the compare.Change as JSON; base is a revision
-- news               what the operator is told; unrouted likewise
-- deliveries         one alert or piece of news to one destination, sent in the
--                    order of seq
--   state            'waiting', 'sent' or 'failed'
--   due_at           when it may be handed out; the end of the lease while it is sent
-- destinations_off   destinations that take nothing now; their deliveries wait
-- ledger_hashes      the ledger's tree, by tlog's stored hash index
-- ledger_checkpoint  one row: the tree's size and root

CREATE TABLE watches (
	id             INTEGER PRIMARY KEY,
	key            TEXT NOT NULL UNIQUE,
	url            TEXT NOT NULL,
	host           TEXT NOT NULL,
	label          TEXT NOT NULL,
	tags           TEXT NOT NULL,
	send_to        TEXT NOT NULL,
	schedule       TEXT NOT NULL,
	state          TEXT NOT NULL,
	source         TEXT NOT NULL,
	added_at       INTEGER NOT NULL,
	next_check_at  INTEGER NOT NULL,
	due_at         INTEGER NOT NULL,
	lease          INTEGER NOT NULL DEFAULT 0,
	leased_until   INTEGER NOT NULL DEFAULT 0,
	last_check_at  INTEGER NOT NULL DEFAULT 0,
	last_seen_at   INTEGER NOT NULL DEFAULT 0,
	last_result    TEXT NOT NULL DEFAULT '',
	last_reason    TEXT NOT NULL DEFAULT '',
	last_failure   TEXT NOT NULL DEFAULT '',
	troubles       INTEGER NOT NULL DEFAULT 0,
	spell_at       INTEGER NOT NULL DEFAULT 0,
	gone           INTEGER NOT NULL DEFAULT 0,
	moved_to       TEXT NOT NULL DEFAULT '',
	checks         INTEGER NOT NULL DEFAULT 0,
	final_url      TEXT NOT NULL DEFAULT '',
	etag           TEXT NOT NULL DEFAULT '',
	last_modified  TEXT NOT NULL DEFAULT '',
	body_hash      BLOB,
	stamp          TEXT NOT NULL DEFAULT '',
	modified       TEXT NOT NULL DEFAULT '',
	published      TEXT NOT NULL DEFAULT '',
	pending_reason TEXT NOT NULL DEFAULT '',
	pending_sign   TEXT NOT NULL DEFAULT '',
	pending_at     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX watches_due ON watches (due_at) WHERE state = 'active';
CREATE INDEX watches_host ON watches (host);
CREATE INDEX watches_troubled ON watches (troubles) WHERE troubles > 0;
CREATE INDEX watches_paused ON watches (id) WHERE state = 'paused';
CREATE INDEX watches_gone ON watches (state) WHERE gone = 1;

CREATE TABLE looks (
	watch   INTEGER PRIMARY KEY REFERENCES watches (id),
	at      INTEGER NOT NULL,
	took_us INTEGER NOT NULL,
	steps   TEXT NOT NULL
) STRICT;

CREATE TABLE revisions (
	id            INTEGER PRIMARY KEY,
	watch         INTEGER NOT NULL REFERENCES watches (id),
	number        INTEGER NOT NULL,
	url           TEXT NOT NULL,
	first_seen_at INTEGER NOT NULL,
	last_seen_at  INTEGER,
	headline      TEXT NOT NULL,
	hash          BLOB NOT NULL,
	base          INTEGER REFERENCES revisions (id),
	content       BLOB NOT NULL,
	salt          BLOB NOT NULL,
	leaf          INTEGER NOT NULL UNIQUE,
	leaf_hash     BLOB NOT NULL,
	UNIQUE (watch, number)
) STRICT;

CREATE TABLE outlines (
	watch   INTEGER PRIMARY KEY REFERENCES watches (id),
	outline BLOB NOT NULL
) STRICT;

CREATE TABLE captures (
	id           INTEGER PRIMARY KEY,
	watch        INTEGER NOT NULL REFERENCES watches (id),
	role         TEXT NOT NULL,
	revision     INTEGER UNIQUE REFERENCES revisions (id),
	spell_at     INTEGER NOT NULL,
	at           INTEGER NOT NULL,
	took_us      INTEGER NOT NULL,
	url          TEXT NOT NULL,
	final_url    TEXT NOT NULL,
	moved_to     TEXT NOT NULL,
	peer         TEXT NOT NULL,
	status       INTEGER NOT NULL,
	not_modified INTEGER NOT NULL,
	hash         BLOB NOT NULL,
	base         INTEGER REFERENCES captures (id),
	header       BLOB NOT NULL,
	body         BLOB NOT NULL
) STRICT;
CREATE INDEX captures_watch ON captures (watch, at);
CREATE UNIQUE INDEX captures_role ON captures (watch, role, spell_at) WHERE role <> 'revision';

CREATE TABLE changes (
	id          INTEGER PRIMARY KEY,
	watch       INTEGER NOT NULL REFERENCES watches (id),
	from_number INTEGER NOT NULL,
	to_number   INTEGER NOT NULL,
	seen_at     INTEGER NOT NULL,
	previous_at INTEGER NOT NULL,
	weight      TEXT NOT NULL,
	disclosure  TEXT NOT NULL,
	nature      TEXT NOT NULL,
	base        INTEGER REFERENCES revisions (id),
	data        BLOB NOT NULL,
	unrouted    INTEGER
) STRICT;
CREATE INDEX changes_watch ON changes (watch, id);
CREATE INDEX changes_unrouted ON changes (id) WHERE unrouted = 1;

CREATE TABLE news (
	id       INTEGER PRIMARY KEY,
	watch    INTEGER NOT NULL,
	url      TEXT NOT NULL,
	text     TEXT NOT NULL,
	at       INTEGER NOT NULL,
	unrouted INTEGER
) STRICT;
CREATE INDEX news_unrouted ON news (id) WHERE unrouted = 1;

CREATE TABLE deliveries (
	seq            INTEGER PRIMARY KEY,
	id             TEXT NOT NULL UNIQUE,
	destination    TEXT NOT NULL,
	change         INTEGER REFERENCES changes (id),
	news           INTEGER REFERENCES news (id),
	state          TEXT NOT NULL DEFAULT 'waiting',
	due_at         INTEGER NOT NULL DEFAULT 0,
	attempts       INTEGER NOT NULL DEFAULT 0,
	first_tried_at INTEGER NOT NULL DEFAULT 0,
	sent_at        INTEGER NOT NULL DEFAULT 0,
	message        TEXT NOT NULL DEFAULT '',
	why            TEXT NOT NULL DEFAULT '',
	CHECK ((change IS NULL) <> (news IS NULL)),
	UNIQUE (change, destination),
	UNIQUE (news, destination)
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries (destination, seq) WHERE state = 'waiting';
CREATE INDEX deliveries_failed ON deliveries (seq) WHERE state = 'failed';

CREATE TABLE destinations_off (
	destination TEXT PRIMARY KEY,
	fingerprint TEXT NOT NULL,
	why         TEXT NOT NULL,
	at          INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_hashes (
	id   INTEGER PRIMARY KEY,
	hash BLOB NOT NULL
) STRICT;

CREATE TABLE ledger_checkpoint (
	one  INTEGER PRIMARY KEY CHECK (one = 1),
	size INTEGER NOT NULL,
	root BLOB NOT NULL,
	at   INTEGER NOT NULL
) STRICT;
