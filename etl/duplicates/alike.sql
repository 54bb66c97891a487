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

-- One row per named person: listed members (twice their row), and heads of households whose members nobody listed (twice and one).
create table named_who as
with who as (
  select 2 * p.rowid as n, h.rowid as household, p.register_year, h.village_code, coalesce(h.house_code, h.village_code || '/' || h.house_no) as house,
         p.citizen_id, p.sex, year(p.birth_date) as born, p.first_name, p.last_name
  from out.person p join out.household h on h.rowid = p.home
  where p.first_name is not null or p.citizen_id is not null
  union all
  select 2 * rowid + 1, rowid, register_year, village_code, coalesce(house_code, village_code || '/' || house_no),
         head_citizen_id, null, null, head_first_name, head_last_name
  from out.household where listed_members is null and (head_first_name is not null or head_citizen_id is not null))
select n, household, register_year, hash(register_year, village_code) as village, hash(register_year, house) as house, house is not null as housed,
       citizen_id, sex, born, f.sound as first_sound, l.sound as last_sound, f.consonants[1:2] as first_key, l.consonants[1:3] as last_key
from who left join sound f on f.name = first_name left join sound l on l.name = last_name;

-- Blocks within which names are compared: a house of several households, and a village by the beginning of either name.
create table block as
with whole as (select n, household, hash(first_sound, last_sound) as named, sex, born, house, village, first_key, last_key,
                      housed and first_sound is not null as here from named_who)
select n, household, named, sex, born, hash('house', house) as block from whole
where here and house in (select house from named_who where housed group by house having min(household) < max(household))
union all
select n, household, named, sex, born, hash('first', village, first_key, last_key[1:1]) from whole where len(first_key) > 0
union all
select n, household, named, sex, born, hash('last', village, last_key, first_key[1:1]) from whole where len(last_key) > 1;

-- Within a household only equal names are paired. A block of more than {largest_block} people is a name that half a village
-- bears: there only equal names are paired, each with the one before it.
create table candidate as
with sized as (select block, count(*) as size from block group by block having count(*) > 1)
select distinct a.n as n, b.n as m
from sized join block a using (block) join block b on b.block = a.block and b.n > a.n and (b.household <> a.household or b.named = a.named)
where size <= {largest_block} and coalesce(a.sex = b.sex, true) and coalesce(abs(a.born - b.born) <= 2, true)
union
select lag(n) over w as n, n as m
from (select distinct w.* from named_who w join block using (n) join sized using (block) where size > {largest_block})
window w as (partition by village, first_sound, last_sound order by n) qualify lag(n) over w is not null;

create table alike as
with pair as (
  select a.n, b.n as m, jaro_winkler_similarity(concat(a.first_sound, ' ', a.last_sound), concat(b.first_sound, ' ', b.last_sound)) as likeness,
         a.housed and b.housed and a.house = b.house as one_house, a.first_sound as f, a.last_sound as l, b.first_sound as g, b.last_sound as k
  from candidate join named_who a using (n) join named_who b on b.n = m
  where coalesce(a.sex = b.sex, true) and coalesce(abs(a.born - b.born) <= 2, true) and coalesce(a.citizen_id = b.citizen_id, true))
select n, m, likeness, one_house from pair
where likeness * 100 >= {name_similarity} and jaro_winkler_similarity(f, g) * 100 >= {part_similarity}
  and (l is null or k is null or jaro_winkler_similarity(l, k) * 100 >= {part_similarity});
drop table sound; drop table block; drop table candidate;
