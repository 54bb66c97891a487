-- What is recorded of one household and may be built on: one row per entry whose place no later one takes, forked ones too.
-- Tells: cases
-- Whoever records something more of the same thing names these entries as seen; so two that knew of each other never fork.
select kind, thing, entry, said, told, item, forked, happened_on, recorded_by, recorded_at
from chosen_records($filters, $reader) where home = home_of($household) and is_head
order by thing, kind, entry
