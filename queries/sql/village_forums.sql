-- Forums that assessed villages, of the register and held on the screen, the latest first: one row per forum; `total` in all.
-- Tells: cases
-- Computes: forum, scored, items, highest, total, village_th, village_en
-- Years: fiscal
with every as (
  select assessed_year, village_code, forum_no, forum_date, forum_people, forum_note, null::varchar as forum,
         null::varchar as instrument, null::varchar as assessment_round, null::bigint as scored, null::int as items,
         null::bigint as highest, null::varchar as entry, null::varchar as recorded_by, null::timestamp as recorded_at
  from chosen_village_forums($filters, $reader)
  union all by name
  select assessed_year, village_code, held_on as forum_date, people as forum_people, forum, instrument, assessment_round,
         coalesce(scored, 0) as scored, i.items, highest, entry, recorded_by, recorded_at
  from chosen_held_forums($filters, $reader) h
  join (select instrument, cast(nullif(items, '') as int) as items from warehouse.definition.instruments) i using (instrument)
  left join (select forum, count(*) as scored from chosen_held_scores($filters, $reader) group by forum) using (forum))
select assessed_year, village_code, v.name_th as village_th, v.name_en as village_en, forum_no, forum_date, forum_people,
       forum_note, forum, instrument, assessment_round, scored, items, highest, entry, recorded_by, recorded_at,
       count(*) over () as total
from every left join warehouse.place v on v.code = village_code
where $forum = '' or forum = $forum
order by forum_date desc, village_code, forum limit $limit offset $offset
