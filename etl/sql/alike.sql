-- Pairs of persons whose names are alike in one house or village (`alike`), of all who are named (`named_who`).

-- What a name sounds like when two officers write it: tone marks and silent letters go, letters that sound alike are one. Each
-- is written as one Latin letter, because the engine compares bytes and three of a Thai letter's are always alike.
create macro sounded(t) as translate(regexp_replace(spelled(t), '.์|[็-๎ฺ''"-]', '', 'g'), 'กขคงจฉชฌดตถทนบปผฝพฟมยรลฦวสหอฮะัาำิึุเแโไณศษซฬญฎฏฐฑฒธภฆฃฅใฤีูื', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNmzzzwuijllllrcbcNvHJI');
-- Its consonants alone, by which names are brought together.
create macro skeleton(t) as regexp_replace(t, '[^ABCabcdefghijklmnopqrstuvwxyz]', '', 'g');

-- One row per written name: how it sounds. A province has some 100,000 names for a million people.
create table sound as
select name, sounded(name) as sound, skeleton(sounded(name)) as consonants
from (select first_name as name from out.person union select last_name from out.person
      union select head_first_name from out.household union select head_last_name from out.household) where name is not null;

-- One row per named person: listed members, and heads of households whose members nobody listed.
create table named_who as
with who as (
  select 2 * p.rowid as n, p.register_year, p.household_id, p.member_no, h.ref, h.village_code,
         coalesce(h.house_code, h.village_code || '/' || h.house_no) as house, p.citizen_id, p.sex, year(p.birth_date) as born,
         p.first_name, p.last_name
  from out.person p join out.household h using (register_year, household_id)
  where p.first_name is not null or p.citizen_id is not null
  union all
  select 2 * rowid + 1, register_year, household_id, null, ref, village_code, coalesce(house_code, village_code || '/' || house_no),
         head_citizen_id, null, null, head_first_name, head_last_name
  from out.household where listed_members is null and (head_first_name is not null or head_citizen_id is not null))
select who.* exclude (first_name, last_name), f.sound as first_sound, l.sound as last_sound, concat(f.sound, ' ', l.sound) as sound,
       f.consonants[1:2] as first_key, l.consonants[1:3] as last_key
from who left join sound f on f.name = first_name left join sound l on l.name = last_name;

-- Blocks within which names are compared: a house, and a village by the beginning of either name. A block of more than
-- {largest_block} people is a name that half a village bears: there only equal names are paired, each with the one before it.
create table block as
select n, hash('house', register_year, house) as block from named_who where house is not null and first_sound is not null
union all
select n, hash('first', register_year, village_code, first_key, last_key[1:1]) from named_who where len(first_key) > 0
union all
select n, hash('last', register_year, village_code, last_key, first_key[1:1]) from named_who where len(last_key) > 1;

create table candidate as
with sized as (select *, count(*) over (partition by block) as size from block)
select distinct a.n as n, b.n as m from sized a join sized b on b.block = a.block and b.n > a.n where a.size between 2 and {largest_block}
union
select lag(n) over w as n, n as m from (select distinct w.* from named_who w join sized using (n) where size > {largest_block})
window w as (partition by register_year, village_code, sound order by n) qualify lag(n) over w is not null;

create table alike as
select a.n, b.n as m, jaro_winkler_similarity(a.sound, b.sound) as likeness,
       a.house = b.house as one_house
from candidate join named_who a using (n) join named_who b on b.n = m
where (a.household_id <> b.household_id or a.sound = b.sound)
  and coalesce(a.sex = b.sex, true) and coalesce(abs(a.born - b.born) <= 2, true) and coalesce(a.citizen_id = b.citizen_id, true)
  and jaro_winkler_similarity(a.sound, b.sound) * 100 >= {name_similarity}
  and jaro_winkler_similarity(a.first_sound, b.first_sound) * 100 >= {part_similarity}
  and (a.last_sound is null or b.last_sound is null or jaro_winkler_similarity(a.last_sound, b.last_sound) * 100 >= {part_similarity});
drop table sound; drop table block; drop table candidate;
