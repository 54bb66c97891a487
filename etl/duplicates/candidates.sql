-- Pairs of records worth comparing, one row each: of the blocks of a house of several households, of a village by the beginning
-- of either name, and of a village by the day of birth.
-- Reads: block_record, linkage_record
-- Writes: block_record, candidate_pair
create table block_record as
with keyed as (
  select n, household, hash(first_sound, last_sound) as name, sex, born, house, village, first_key, last_key, birth_date,
         day_known, housed and first_sound is not null as in_house
  from linkage_record)
select n, household, name, sex, born, hash('house', house) as block from keyed
where in_house and house in (select house from linkage_record where housed group by house
                             having min(household) < max(household))
union all
select n, household, name, sex, born, hash('first', village, first_key, last_key[1:1]) from keyed where len(first_key) > 0
union all
select n, household, name, sex, born, hash('last', village, last_key, first_key[1:1]) from keyed where len(last_key) > 1
union all
select n, household, name, sex, born, hash('day', village, birth_date, first_key[1:1]) from keyed
where day_known and len(first_key) > 0;

-- Within a household only equal names are paired. A block of more than {largest_block} people is a name that half a village
-- bears: there only equal names are paired, each with the one before it.
create table candidate_pair as
with sized as (select block, count(*) as size from block_record group by block having count(*) > 1)
select distinct a.n as n, b.n as m
from sized join block_record a using (block) join block_record b on b.block = a.block
     and (b.household > a.household or (b.household = a.household and b.n > a.n and b.name = a.name))
where size <= {largest_block} and coalesce(a.sex = b.sex, true) and coalesce(abs(a.born - b.born) <= 2, true)
union
select lag(n) over w as n, n as m
from (select distinct w.* from linkage_record w join block_record using (n) join sized using (block)
      where size > {largest_block})
window w as (partition by village, first_sound, last_sound order by household, n) qualify lag(n) over w is not null;
drop table block_record;
