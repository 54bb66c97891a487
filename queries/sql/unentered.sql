-- What is recorded and in no register yet: one row per entry of a kind that a register has, the latest first; `total` in all.
-- Tells: cases
-- Computes: total, total_ready, village_th, village_en, tambon_th, tambon_en
-- filing is ready (an export writes it), forked, contradicted or overruled: these wait until somebody has settled them.
with waiting as (
  select ref, tambon_code, village_code, kind, thing, happened_on, said, told, item, null::double as quantity, null as unit,
         null as checked_dimension, null::tinyint as check_result, filing, entry, recorded_by, recorded_at
  from chosen_records($filters, $reader) where filing in ('ready', 'forked', 'overruled')
  union all
  select ref, tambon_code, village_code, kind, null, happened_on, null, told, item, quantity, unit, checked_dimension,
         check_result, if(unentered is null, 'contradicted', 'ready'), entry, recorded_by, recorded_at
  from chosen_facts($filters, $reader) where entry is not null and kind <> 'plan_new'),
page as (
  select *, count(*) over () as total, count(*) filter (filing = 'ready') over () as total_ready
  from waiting order by filing = 'ready', recorded_at desc, entry limit $limit offset $offset)
select w.ref, w.village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en,
       w.kind, w.thing, w.happened_on, w.said, w.told, w.item, w.quantity, w.unit, w.checked_dimension, w.check_result,
       w.filing, w.entry, w.recorded_by, w.recorded_at, w.total, w.total_ready
from page w left join warehouse.place t on t.code = w.tambon_code left join warehouse.place v on v.code = w.village_code
order by w.filing = 'ready', w.recorded_at desc, w.entry
