-- What a watch's next look needs besides to tell walls and stamps.
--
--   walls            looks in a row that met a wall in the story's place
--   shown            the time that stamp says, with its offset; '' if it is not known
--   hidden           JSON list of the stamps that readers do not see
--   stamp_change_at  when a stamp that moved by itself was recorded, if nothing was since
--   pending_turns    second looks in a row that were first looks again

ALTER TABLE watches ADD COLUMN walls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE watches ADD COLUMN shown TEXT NOT NULL DEFAULT '';
ALTER TABLE watches ADD COLUMN hidden TEXT NOT NULL DEFAULT '[]';
ALTER TABLE watches ADD COLUMN stamp_change_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE watches ADD COLUMN pending_turns INTEGER NOT NULL DEFAULT 0;
