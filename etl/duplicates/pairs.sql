-- One row per pair with all its reasons, the surest first, and who its records are; likeness is that of the names, null where
-- nothing but an ID says so. In steps, each small beside the one before: the nation's persons are looked
-- through, never joined as a whole.
-- Reads: linkage_record, matched, matched_pair, name_match, out.household, out.person
-- Writes: matched, matched_pair, matched_record
create table matched_pair as
with repeated as (
  select hash(register_year, citizen_id) as id from linkage_record where citizen_id is not null group by id
  having count(*) > 1),
one_id as (  -- each with the one before it in the order of villages: so those of one area are paired among themselves
  select lag(n) over (partition by register_year, citizen_id order by household, n) as before, n
  from linkage_record where citizen_id is not null and hash(register_year, citizen_id) in (from repeated)),
pair as (
  select before as n, n as m, true as one_id, null as one_house, null as likeness from one_id where before is not null
  union all
  select n, m, one_id, one_house, likeness from name_match),
together as (
  select n, m, bool_or(one_id) as one_id, bool_or(one_house) as one_house, max(likeness) as likeness from pair group by n, m)
select n, m, likeness, list_filter([
    if(one_id, 'equal_citizen_id', null), case one_house when true then 'alike_in_house' when false then 'alike_in_village' end,
    if(one_id, null, if(not one_id, 'two_citizen_ids', null))], lambda reason: reason is not null) as reasons
from together;

create table matched as
select n, household from linkage_record where n in (select n from matched_pair union select m from matched_pair);

create table matched_record as
select n, household as home, register_year, household_id, member_no, ref, village_code,
       concat(household_id, '/', member_no) as key
from (select n, household, n // 2 as person from matched where n % 2 = 0) w
join (select rowid as household, ref, village_code from out.household) h using (household)
join (select rowid as person, register_year, household_id, member_no from out.person) p using (person)
union all
select n, household, register_year, household_id, null, ref, village_code, concat(household_id, '/')
from (select n, household from matched where n % 2 = 1) w
join (select rowid as household, register_year, household_id, ref, village_code from out.household) h using (household);
drop table name_match; drop table linkage_record; drop table matched;
