-- One row per pair that may be one person, as it is in its latest register year (register_years has all): all reasons of all
-- years, the surest first (`why`), how alike the names are, and who they are. `pair` is the same in every build.
-- Nobody is removed for it.
-- Reads: matched_pair, matched_record
-- Writes: out.duplicate
create table out.duplicate as
with of_year as (
  select a.register_year, p.reasons, cast(round(p.likeness * 100) as utinyint) as likeness,
         keyed_address(concat(least(a.key, b.key), '|', greatest(a.key, b.key))) as pair,
         a.home, a.household_id, a.member_no, a.ref, a.village_code,
         b.home as other_home, b.household_id as other_household_id, b.member_no as other_member_no, b.ref as other_ref,
         b.village_code as other_village_code
  from matched_pair p join matched_record a using (n) join matched_record b on b.n = p.m),
latest as (
  select *, list_sort(list(register_year) over (partition by pair)) as register_years,
         flatten(list(reasons) over (partition by pair)) as of_all
  from of_year qualify row_number() over (partition by pair order by register_year desc) = 1)
select register_year, list_filter(['equal_citizen_id', 'alike_in_house', 'alike_in_village', 'two_citizen_ids'],
         lambda reason: list_contains(of_all, reason)) as reasons, reasons[1] as why,
       latest.* exclude (register_year, reasons, of_all)
from latest order by (why <> 'equal_citizen_id'), likeness desc nulls last, home, other_home, pair;
drop table matched_pair; drop table matched_record;
