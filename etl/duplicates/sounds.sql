-- How each written name sounds, one row each. A province has some 100,000 names for a million people, so that a rule more about
-- spelling costs next to nothing.
-- Reads: out.household, out.person
-- Writes: out.name_sound
create table out.name_sound as
with names as (
  select first_name as first, last_name as last from out.person
  union all select head_first_name, head_last_name from out.household),
-- behind a rank that stands where the first name should, the surname holds both
parted as (select bare_name(last) as name from names where contains(last, ' '))
select name, sounded(bare_name(name)) as sound, skeleton(sound) as consonants
from (select first as name from names union select last from names
      union select first_name_of(name) from parted union select last_name_of(name) from parted)
where name is not null;
