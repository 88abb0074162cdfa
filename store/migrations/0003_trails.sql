-- How a change came about, and where it went.
--
-- trails             one row a change, for `stet why`; none for what was found
--                    and routed before this migration
--   ‹steps›          the steps of the look that found it, as JSON; NULL if unknown
--   ‹decisions›      what the routes decided of it, as JSON, whatever came of it;
--                    NULL until then. Neither has a base
CREATE TABLE trails (
	change    INTEGER PRIMARY KEY REFERENCES changes (id),
	steps     BLOB,
	decisions BLOB
) STRICT;
