-- Persons of the member registers, and those of person lists.
-- Reads: member_list_10_kept, person_3_records
-- Writes: person_4_united
create view person_4_united as
from person_3_records union all by name select {columns}, null::{faults}[] as faults from member_list_10_kept;
