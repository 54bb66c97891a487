-- One row per named person: listed members (n is twice their row), and heads of households whose members nobody listed (twice
-- and one).
-- Reads: out.name_sound, out.household, out.person
-- Writes: linkage_record
create table linkage_record as
with named as (
  select 2 * p.rowid as n, h.rowid as household, p.register_year, h.village_code, h.house_code, h.house_no,
         p.citizen_id, p.sex, p.birth_date, p.first_name as first, p.last_name as last
  from out.person p join out.household h on h.rowid = p.home
  where p.first_name is not null or p.citizen_id is not null
  union all
  select 2 * rowid + 1, rowid, register_year, village_code, house_code, house_no, head_citizen_id, null, null,
         head_first_name, head_last_name
  from out.household where listed_members is null and (head_first_name is not null or head_citizen_id is not null)),
-- "ส.อ. สมชาย ใจดี" in one cell was parted behind the rank: both names are in the surname
placed as (
  select *, coalesce(house_code, village_code || '/' || house_no) as house,
         case when contains(last, ' ') then bare_name(first) = '' else false end as rank_alone
  from named),
parted as (
  select * replace (if(rank_alone, first_name_of(bare_name(last)), first) as first,
                    if(rank_alone, last_name_of(bare_name(last)), last) as last)
  from placed)
select n, household, register_year, hash(register_year, village_code) as village, hash(register_year, house) as house,
       house is not null as housed, citizen_id, sex, birth_date, year(birth_date) as born,
       dayofyear(birth_date) > 1 as day_known,
       f.sound as first_sound, l.sound as last_sound, f.consonants[1:2] as first_key, l.consonants[1:3] as last_key
from parted left join out.name_sound f on f.name = first left join out.name_sound l on l.name = last;
