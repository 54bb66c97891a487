-- Forums that assessed villages, of the register and held on the screen, the latest first: one row per forum; `total` in all.
-- Tells: cases
-- Computes: forum, forum_entry, carried, scored, items, highest, total, village_th, village_en
-- Years: fiscal
-- One that the register has by now is shown as it has it, with what was scored; forum_entry is the entry that opened it, entry
-- the same of one that stands in no register. carried: a register has all that it scored.
with held as (
  select h.*, coalesce(scored, 0) as scored, i.items
  from (select assessed_year, village_code, held_on, people, forum, instrument, assessment_round, highest, entry, listed,
               carried,
               recorded_by, recorded_at from chosen_held_forums($filters, $reader)) h
  join (select instrument, cast(nullif(items, '') as int) as items from warehouse.definition.instruments) i using (instrument)
  left join (select forum, count(*) as scored from chosen_held_scores($filters, $reader) group by forum) using (forum)),
every as (
  select r.assessed_year, r.village_code, forum_no, forum_date, coalesce(forum_people, held.people) as forum_people, forum_note,
         held.entry as forum_entry, carried, forum, instrument, assessment_round,
         scored, items, highest, null::varchar as entry, null::varchar as recorded_by, null::timestamp as recorded_at
  from (select assessed_year, village_code, forum_no, forum_date, forum_people, forum_note, entries
        from chosen_village_forums($filters, $reader)) r
  left join held on listed and held.village_code = r.village_code and list_contains(string_split(r.entries, ' '), held.entry)
  union all by name
  select assessed_year, village_code, held_on as forum_date, people as forum_people, forum, instrument, assessment_round,
         scored, items, highest, entry, entry as forum_entry, carried, recorded_by, recorded_at
  from held where not listed)
select assessed_year, village_code, v.name_th as village_th, v.name_en as village_en, forum_no, forum_date, forum_people,
       forum_note, forum, instrument, assessment_round, scored, items, highest, entry, forum_entry, carried, recorded_by,
       recorded_at, count(*) over () as total
from every left join warehouse.place v on v.code = village_code
where $forum = '' or forum = $forum
order by forum_date desc, village_code, forum limit $limit offset $offset
