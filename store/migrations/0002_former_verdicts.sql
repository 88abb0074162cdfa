-- Judgements that a later one took the place of.
--
-- former_verdicts    a change as it was judged before it was judged anew, oldest
--                    first; the one that holds is in changes
--   at               when it was judged anew
--   why              why, in words
--   ‹data›           what changes.data was; base likewise
CREATE TABLE former_verdicts (
	id     INTEGER PRIMARY KEY,
	change INTEGER NOT NULL REFERENCES changes (id),
	at     INTEGER NOT NULL,
	why    TEXT NOT NULL,
	base   INTEGER REFERENCES revisions (id),
	data   BLOB NOT NULL
) STRICT;
CREATE INDEX former_verdicts_change ON former_verdicts (change, id);
