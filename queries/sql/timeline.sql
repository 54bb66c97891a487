-- What happened to one household, latest first: one row per visit, step, gift, and whatever else was recorded of it.
-- Tells: cases
-- Computes: happened_on, number, until
-- entry names what was recorded since the registers came, by whom and when (UTC); it is null for what a register has.
-- photos: the pictures of an entry, by their digests.
select visit_date as happened_on, 'visit' as kind, cast(entry_no as int) as number, visitor as giver, finding, null as item,
       null::double as quantity, null as unit, null::double as "value", checked_dimension, check_result, null::date as until,
       null as said, null as told, false as forked, entry, recorded_by, recorded_at, photos, null as template
from chosen_visits($filters, $reader) where home = home_of($household)
union all
select started_date, 'step', step, null, note, null, null, null, null, null, null, finished_date, null, null, false, entry,
       recorded_by, recorded_at, null, template
from chosen_case_steps($filters, $reader) where home = home_of($household) and coalesce(started_date, finished_date) is not null
union all
select given_date, kind, cast(entry_no as int), giver, null, item, quantity, unit, "value", null, null, null, null, null, false,
       entry, recorded_by, recorded_at, null, null
from chosen_contributions($filters, $reader) where home = home_of($household)
union all
select happened_on, kind, null, null, null, item, null, null, null, null, null, null, said, told, forked, entry, recorded_by,
       recorded_at, photos, null
from chosen_records($filters, $reader) where home = home_of($household) and kind not in ('step_started', 'step_finished')
order by happened_on desc nulls last, kind, number, entry
