-- What is recorded of funds, debts, offices and forums, the latest first: one row per entry that stands; `total` in all.
-- Tells: cases
-- Computes: entry, kind, code, thing, happened_on, said, amount, filing, total, total_ready, place_th, place_en
-- `kind`: of one kind alone. `state` is open (all) or unentered (in no register yet, or taken back and still in one). filing:
-- see journal/projection/place_record.sql.
with waiting as (
  select *, count(*) over () as total, count(*) filter (filing = 'ready') over () as total_ready
  from (select entry, kind, code, thing, happened_on, said, amount, told, filing, recorded_by, recorded_at
        from chosen_place_records($filters, $reader))
  where ($state <> 'unentered' or filing <> 'filed') and ($kind = '' or kind = $kind))
select entry, kind, w.code, p.name_th as place_th, p.name_en as place_en, thing, happened_on, said, amount, told, filing,
       recorded_by, recorded_at, total, total_ready
from waiting w left join warehouse.place p on p.code = w.code
order by filing = 'filed', filing = 'ready', recorded_at desc, entry limit $limit offset $offset
