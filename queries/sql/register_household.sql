-- Households as the register would have them: one row per household with a decision that is recorded and in no register yet.
-- Tells: cases
-- Computes: hidden
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
with decided as (
  select home, string_agg(entry, ' ' order by entry) as unentered
  from chosen_records($filters, $reader) where filing = 'ready' and kind in ('certification', 'closed') group by home)
select h.register_year, h.household_id, h.village_code, h.source, h.certification, h.certified_date, h.meeting, h.closed_date,
       h.close_reason, nullif(concat_ws(' ', h.entries, d.unentered), '') as entries,
       code_without_id(h.household_id) <> h.household_id or without_ids(h.meeting) <> h.meeting as hidden
from chosen_households($filters, $reader) h left join decided d using (home)
where d.unentered is not null or $every <> ''
order by h.register_year, h.household_id
