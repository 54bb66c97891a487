-- This build: its id, when it was made (UTC), and whether it is the invented sample.
-- Tells: words
-- Computes: build, made_at, sample
select build, made_at, sample from warehouse.build
