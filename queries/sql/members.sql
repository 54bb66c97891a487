-- Members of one household: one row per person.
-- Tells: cases
with own as (from chosen_people($filters, $reader) where home = home_of($household)),
named as (  -- what is written of one may name another
  select list(distinct n order by length(n) desc, n) filter (length(n) >= 3) as names
         from (select unnest([first_name, last_name]) as n from own))
select member_no, citizen_id, title, first_name, last_name, sex, age_at as age,
       written(relation, without_names(relation, names), $reader['text']) as relation,
       written(occupation, without_names(occupation, names), $reader['text']) as occupation,
       written(schooling, without_names(schooling, names), $reader['text']) as schooling,
       written(health_status, without_names(health_status, names), $reader['text']) as health_status, welfare_card, is_target
from own, named order by member_no
