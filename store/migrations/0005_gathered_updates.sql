-- Updates of a live story are told together.
--
-- deliveries
--   story            the watch, of a delivery that tells updates; others may be
--                    gathered into it until it is handed out for the first time
--   state            also 'gathered': the change is told by the delivery that
--                    gathered_into names, and what becomes of it stands there

ALTER TABLE deliveries ADD COLUMN story INTEGER REFERENCES watches (id);
ALTER TABLE deliveries ADD COLUMN gathered_into INTEGER REFERENCES deliveries (seq);
CREATE INDEX deliveries_story ON deliveries (story, destination, seq) WHERE story IS NOT NULL;
CREATE INDEX deliveries_gathered ON deliveries (gathered_into) WHERE gathered_into IS NOT NULL;
