-- Households, people and the road of target households, per slice of one breakdown (one row in all when by is total).
-- Tells: counts
-- Computes: code, name_th, name_en, households, target_households, card_known, target_household_people, deprived_households
-- Computes: planned, planned_all_aspects, closed, without_plan, stalled, certification_known, plan_known, help_known
-- Computes: open_planned, open_dated, open_followed, counted
-- Grain: one row per code. people are those of the `counted` households that say how many they have, null where none does;
-- target_people counts members with a validated card in a household deprived in any dimension, among the card_known households.
-- *_known are those of districts that keep it, target households or all, open_* the same of those with an open case.
select measures.code, place.name_th, place.name_en, measures.* exclude (code)
from (
  select cast(columns(lambda c: c = $by) as varchar) as code,
         cast(sum(households) as bigint) as households, cast(sum(people) as bigint) as people,
         cast(sum(counted) as bigint) as counted,
         number_of(households, certification = 'certified') as target_households,
         cast(sum(target_people) as bigint) as target_people, cast(sum(card_known) as bigint) as card_known,
         cast(sum(people) filter (certification = 'certified') as bigint) as target_household_people,
         number_of(households, deprived > 0) as deprived_households,
         number_of(households, certification = 'certified' and plan not in ('none', 'not_kept')) as planned,
         number_of(households, certification = 'certified' and plan_aspects = 4) as planned_all_aspects,
         number_of(households, certification = 'certified' and helped) as helped,
         number_of(households, certification = 'certified' and "case" = 'closed') as closed,
         number_of(households, certification = 'certified' and plan = 'none' and "case" <> 'closed') as without_plan,
         number_of(households, certification = 'certified' and overdue) as overdue,
         number_of(households, "case" = 'stalled') as stalled,
         cast(sum(certification_known) as bigint) as certification_known, cast(sum(plan_known) as bigint) as plan_known,
         cast(sum(help_known) as bigint) as help_known, cast(sum(open_planned) as bigint) as open_planned,
         cast(sum(open_dated) as bigint) as open_dated, cast(sum(open_followed) as bigint) as open_followed
  from (select *, 'total' as total from chosen_tallies($filters, $reader)) group by all) measures
left join warehouse.place on place.code = measures.code
order by measures.code
