-- Who heads the households of some villages: one row per household whose head is named.
-- Reads: warehouse.household
select village_code, register_year, ref, trim(concat_ws(' ', head_first_name, head_last_name)) as head
from warehouse.household
where village_code in (select unnest($villages)) and coalesce(head_first_name, head_last_name) is not null
