-- One row per pair whose names are alike in one house or village.
-- How alike they must be follows the birth dates; 1 January stands for a day that nobody knows, so it says the year only.
--   one day:      the first name alone is enough, as surnames change; or the whole as alike as a part must be.
--   another day:  two of day, month and year differ: equal names in one house only.
--   not known:    in one house alike parts; in a village the first name as alike as the whole, since families share the rest.
-- Two citizen IDs that are both right are two people, but in one house: there somebody may have been given another's. A first
-- name as alike as the whole is asked for then, and the two IDs are told beside it.
-- Brothers, sisters and twins have names that begin alike: in one house a common beginning earns nothing (Jaro, not
-- Jaro–Winkler).
-- Reads: candidate_pair, linkage_record
-- Writes: name_match
create table name_match as
with pair as (
  select a.n, b.n as m, a.household, b.household as other_household, a.first_sound as f, a.last_sound as l,
         b.first_sound as g, b.last_sound as k,
         a.household = b.household or coalesce(a.housed and b.housed and a.house = b.house, false) as one_house,
         a.citizen_id = b.citizen_id as one_id,  -- null where one of them has none
         a.day_known and b.day_known as days_known, a.birth_date = b.birth_date as one_date,
         (a.born = b.born)::int + (month(a.birth_date) = month(b.birth_date))::int
         + (day(a.birth_date) = day(b.birth_date))::int as agreeing
  from candidate_pair join linkage_record a using (n) join linkage_record b on b.n = m
  where coalesce(a.sex = b.sex, true) and coalesce(abs(a.born - b.born) <= 2, true)
    and (one_house or coalesce(one_id, true))),
compared as (
  select *, jaro_winkler_similarity(concat(f, ' ', l), concat(g, ' ', k)) as likeness,
         jaro_winkler_similarity(f, g) as first_likeness, f = g and l is not distinct from k as equal,
         coalesce(jaro_winkler_similarity(l, k) * 100 >= {part_similarity}, true) as last_alike
  from pair)
select n, m, likeness, one_house, one_id from compared
where (coalesce(one_id, true) or jaro_similarity(f, g) * 100 >= {name_similarity}) and case
  when days_known and one_date then first_likeness * 100 >= {name_similarity}
    or (last_alike and if(one_house and l = k, jaro_similarity(f, g), likeness) * 100 >= {part_similarity})
  when days_known and agreeing < 2 then one_house and equal
  when one_house then last_alike and jaro_similarity(f, g) * 100 >= {part_similarity}
  else last_alike and least(likeness, first_likeness) * 100 >= {name_similarity} end
-- A person is one of a household at most: of several who are alike, the likeliest.
qualify likeness = max(likeness) over (partition by n, other_household)
    and likeness = max(likeness) over (partition by m, household);
drop table candidate_pair;
