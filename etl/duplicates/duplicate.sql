-- One row per register year and pair that may be one person: all reasons, the surest first (`why`), how alike the names are,
-- and who they are. `pair` is the same in every build and year.
-- Nobody is removed for it.
-- Reads: matched_pair, matched_record
-- Writes: out.duplicate
create table out.duplicate as
select a.register_year, p.reasons[1] as why, p.reasons, cast(round(p.likeness * 100) as utinyint) as likeness,
       keyed_address(concat(least(a.key, b.key), '|', greatest(a.key, b.key))) as pair,
       a.home, a.household_id, a.member_no, a.ref, a.village_code,
       b.home as other_home, b.household_id as other_household_id, b.member_no as other_member_no, b.ref as other_ref,
       b.village_code as other_village_code
from matched_pair p join matched_record a using (n) join matched_record b on b.n = p.m
order by (why <> 'equal_citizen_id'), p.likeness desc nulls last, a.n, b.n;
drop table matched_pair; drop table matched_record;
