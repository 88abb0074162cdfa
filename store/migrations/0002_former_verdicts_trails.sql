-- What is kept of a change besides its judgement.
--
-- former_verdicts    a change as it was judged before it was judged anew, oldest
--                    first; the one that holds is in changes
--   at               when it was judged anew
--   why              why, in words
--   ‹data›           what changes.data was; base likewise
-- trails             how a change came about and where it went, one row a change;
--                    none for what was found and routed before this migration
--   ‹steps›          the steps of the look that found it, as JSON; NULL if unknown
--   ‹decisions›      what the routes decided of it, as JSON, whatever came of it;
--                    NULL until then. Neither has a base

CREATE TABLE former_verdicts (
	id     INTEGER PRIMARY KEY,
	change INTEGER NOT NULL REFERENCES changes (id),
	at     INTEGER NOT NULL,
	why    TEXT NOT NULL,
	base   INTEGER REFERENCES revisions (id),
	data   BLOB NOT NULL
) STRICT;
CREATE INDEX former_verdicts_change ON former_verdicts (change, id);

CREATE TABLE trails (
	change    INTEGER PRIMARY KEY REFERENCES changes (id),
	steps     BLOB,
	decisions BLOB
) STRICT;
