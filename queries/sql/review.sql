-- What waits for review of what was recorded: one row per entry, those that belong together one after another.
-- Tells: cases, reviews
-- Computes: queue, grouped, village_th, village_en, tambon_th, tambon_en, total
-- queue is fork (entries that contradict each other), correction (proposed), double (perhaps one thing recorded twice, one of
-- them after the registers came). `total` counts what belongs together. `decided`, with commas between, was dealt with.
with waiting as (
  select if(kind = 'correction', 'correction', 'fork') as queue,
         if(kind = 'correction', entry, md5(concat_ws('/', ref, kind, thing))) as grouped, ref, tambon_code, village_code, kind,
         thing, happened_on, said, told, item, null::double as quantity, null as unit, null as checked_dimension,
         null::tinyint as check_result, entry, recorded_by, recorded_at
  from chosen_records($filters, $reader) where forked or kind = 'correction'
  union all
  select 'double', md5(concat_ws('/', same, list(coalesce(entry, '') order by entry) over (partition by same))), ref,
         tambon_code, village_code, kind, null, happened_on, null, told, item, quantity, unit, checked_dimension, check_result,
         entry, recorded_by, recorded_at
  from chosen_facts($filters, $reader)
  qualify count(*) over (partition by same) > 1 and count(entry) over (partition by same) > 0),
matching as (
  select *, max(recorded_at) over (partition by grouped) as latest from waiting
  where $queue in ('', queue) and list_contains(string_split($decided, ','), grouped) = ($state = 'decided')),
placed as (
  select *, dense_rank() over (order by queue <> 'fork', queue, latest desc, grouped) as position from matching)
select p.queue, p.grouped, p.ref, p.village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th,
       t.name_en as tambon_en, p.kind, p.thing, p.happened_on, p.said, p.told, p.item, p.quantity, p.unit,
       p.checked_dimension, p.check_result, p.entry, p.recorded_by, p.recorded_at,
       (select count(distinct grouped) from matching) as total
from placed p left join warehouse.place t on t.code = p.tambon_code left join warehouse.place v on v.code = p.village_code
where p.position > $offset and p.position <= $offset + $limit
order by p.position, p.recorded_at, p.entry, p.told, p.check_result
