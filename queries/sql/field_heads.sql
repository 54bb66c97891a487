-- What is recorded of a reader's families and may be built on: one row per entry whose place no later one takes.
-- Tells: cases
-- The field page names these as seen when it records something more of the same thing.
select ref, kind, thing, entry, said, forked from chosen_records($filters, $reader) where is_head
order by ref, thing, kind, entry
