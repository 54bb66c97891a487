-- What happened last to each of a reader's families, for the field page: the latest five records of each, latest first.
-- Tells: cases
-- Computes: happened_on
with told as (
  select home, ref, visit_date as happened_on, 'visit' as kind, checked_dimension as said, finding as told, null as item,
         null::double as quantity, null as unit, check_result, entry, recorded_by
  from chosen_visits($filters, $reader)
  union all
  select home, ref, given_date, 'gift', kind, null, item, quantity, unit, null, entry, recorded_by
  from chosen_contributions($filters, $reader)
  union all
  select home, ref, happened_on, kind, said, told, item, null, null, null, entry, recorded_by
  from chosen_records($filters, $reader))
select ref, happened_on, kind, said, told, item, quantity, unit, check_result, entry, recorded_by from told
qualify row_number() over (partition by home order by happened_on desc nulls last, entry, kind, item, told) <= 5
order by ref, happened_on desc nulls last, entry, kind, item, told
