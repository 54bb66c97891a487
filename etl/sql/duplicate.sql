-- One row per pair that may be one person: why, how alike the names are, and who they are. `pair` is the same in every build.
-- Nobody is removed for it.
create table out.duplicate as
with found as (
  select n, m, 'equal_citizen_id' as why, 1.0 as likeness from (
    select first_value(n) over (partition by register_year, citizen_id order by n) as n, n as m from named_who where citizen_id is not null)
  where n <> m
  union all
  select n, m, if(one_house, 'alike_in_house', 'alike_in_village'), likeness from alike),
best as (select n, m, min(why) as why, max(likeness) as likeness from found group by all)
select a.register_year, f.why, cast(round(f.likeness * 100) as utinyint) as likeness,
       keyed_address(concat(least(ka, kb), '|', greatest(ka, kb)), $inner, $outer) as pair,
       a.household_id, a.member_no, a.ref, b.household_id as other_household_id, b.member_no as other_member_no, b.ref as other_ref
from best f
join (select *, concat(household_id, '/', member_no) as ka from named_who) a on a.n = f.n
join (select *, concat(household_id, '/', member_no) as kb from named_who) b on b.n = f.m
order by (f.why <> 'equal_citizen_id'), f.likeness desc, a.n, b.n;
