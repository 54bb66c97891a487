-- Families for the field page, of the latest register of each district: one row per household, `total` in all.
-- Tells: cases
-- Computes: total
select ref, village_code, house_no, head_title, head_first_name, head_last_name, phone, people, health, living, education,
       income, access, certification, "case", count(*) over () as total
from (
  from chosen_households($filters, $reader) qualify register_year = max(register_year) over (partition by district_code)) h
order by village_code, house_order($reader, house_no), ref limit $limit
