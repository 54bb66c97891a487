-- The level of each assessment of {assessed} by the rules, whatever it says of itself: one row per assessment; {items} are its
-- items. verdict is level, below (none is reached), beyond (more is passed than any confirmed level allows), main_unknown,
-- incomplete, or no_rule. next_more is how many items more the next level asks for, null where its rule was not found.
with rule as (
  select level, instrument, cast(position as int) as position, cast(nullif(at_least, '') as int) as at_least,
         cast(nullif(at_most, '') as int) as at_most, all_main = 'yes' as all_main from {definition}.level_rules),
counted as (
  select assessed_year, village_code, instrument, assessment_round, count(item_score) as scored,
         count(*) filter (item_score >= pass_at) as passed, count(*) filter (main = 'main') as main_known,
         count(*) filter (main = 'main' and item_score >= pass_at) as main_passed, avg(item_score) as mean_score,
         list({'at': position, 'item': item}) filter (main = 'main' and item_score < pass_at) as missing
  from {items} group by all),
ruled as (
  select instrument, min(at_least) as lowest, max(coalesce(at_most, 1000)) filter (at_least is not null) as highest,
         bool_or(all_main and at_least is not null) as needs_main, bool_or(at_least is null) as open,
         max(position) filter (at_least is not null) as last_known
  from rule group by instrument),
known as (
  select instrument, cast(nullif(items, '') as int) as of_items, cast(nullif(main, '') as int) as of_mains, lowest,
         highest, needs_main, open, last_known
  from {definition}.instruments left join ruled using (instrument)),
reached as (
  select c.assessed_year, c.village_code, c.instrument, c.assessment_round, arg_max(l.level, l.position) as reached,
         max(l.position) as reached_at
  from counted c join known using (instrument) join rule l using (instrument)
  where c.passed between l.at_least and coalesce(l.at_most, 1000) and (not l.all_main or c.main_passed = of_mains)
  group by all),
judged as (
  select a.*, c.* exclude (assessed_year, village_code, instrument, assessment_round), reached, reached_at, last_known,
         if(scored is null, null, of_items) as in_all, if(scored is null, null, of_mains) as mains,
         case when scored is null or scored < of_items then 'incomplete' when lowest is null then 'no_rule'
              when passed < lowest then 'below' when needs_main and main_known <> of_mains then 'main_unknown'
              when reached is not null then 'level'
              when passed > highest and open and (not needs_main or main_passed = of_mains) then 'beyond'
              else 'below' end as verdict
  from {assessed} a left join counted c using (assessed_year, village_code, instrument, assessment_round)
  left join known using (instrument)
  left join reached using (assessed_year, village_code, instrument, assessment_round)),
placed as (
  select * exclude (missing, reached, reached_at, last_known),
         array_to_string([m.item for m in list_sort(missing)], ', ') as main_missing,
         case verdict when 'level' then reached when 'below' then 'below' end as reckoned,
         case verdict when 'level' then reached_at when 'below' then 0 when 'beyond' then last_known end as at_level,
         case when stated_level is null or verdict not in ('level', 'below') then null
              else stated_level = if(verdict = 'level', reached, 'below') end as agrees
  from judged),
after as (
  select k.instrument, at_level, arg_min(k.level, k.position) as next_aim,
         arg_min(coalesce(k.at_least, -1), k.position) as least
  from (select 0 as at_level union select position from rule) join rule k on k.position > at_level group by all)
select placed.*, next_aim, if(least = -1, null, greatest(0, least - passed)) as next_more, least <> -1 as next_known
from placed left join after using (instrument, at_level)
