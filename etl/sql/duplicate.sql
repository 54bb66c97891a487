-- One row per pair that may be one person: why, how alike the names are, and who they are. `pair` is the same in every build.
-- Nobody is removed for it.
create table out.duplicate as
with one_id as (select register_year, citizen_id, min(n) as n from named_who where citizen_id is not null group by all having count(*) > 1),
found as (
  select i.n, w.n as m, 'equal_citizen_id' as why, 1.0 as likeness from one_id i join named_who w using (register_year, citizen_id) where w.n <> i.n
  union all
  select n, m, if(one_house, 'alike_in_house', 'alike_in_village'), likeness from alike),
best as (select n, m, min(why) as why, max(likeness) as likeness from found group by all),
named as (  -- who they are: only of those found
  select n, h.register_year, h.household_id, p.member_no, h.ref, concat(h.household_id, '/', p.member_no) as key
  from named_who w join out.household h on h.rowid = w.household left join out.person p on p.rowid = w.n // 2 and w.n % 2 = 0
  where n in (select unnest([n, m]) from best))
select a.register_year, f.why, cast(round(f.likeness * 100) as utinyint) as likeness,
       keyed_address(concat(least(a.key, b.key), '|', greatest(a.key, b.key)), $inner, $outer) as pair,
       a.household_id, a.member_no, a.ref, b.household_id as other_household_id, b.member_no as other_member_no, b.ref as other_ref
from best f join named a using (n) join named b on b.n = f.m
order by (f.why <> 'equal_citizen_id'), f.likeness desc, a.n, b.n;
