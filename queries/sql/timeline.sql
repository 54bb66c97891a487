-- What happened to one household, latest first: one row per visit, step and gift.
-- Tells: cases
-- Computes: happened_on, number, until
select visit_date as happened_on, 'visit' as kind, cast(entry_no as int) as number, visitor as giver, finding, null as item,
       null::double as quantity, null as unit, null::double as "value", checked_dimension, check_result, null::date as until
from chosen_visits($filters, $reader) where home = home_of($household)
union all
select started_date, 'step', step, null, note, null, null, null, null, null, null, finished_date
from chosen_case_steps($filters, $reader) where home = home_of($household) and started_date is not null
union all
select given_date, kind, cast(entry_no as int), giver, null, item, quantity, unit, "value", null, null, null
from chosen_contributions($filters, $reader) where home = home_of($household)
order by happened_on desc nulls last, kind, number
