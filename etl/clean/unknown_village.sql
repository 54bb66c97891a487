-- Records of the register {register} of a subdistrict that the nation's list does not have.
-- Reads: <register>_5_valid, place
-- Appends: fault
insert into fault
select '{register}', row_id, sheet_no, 'village_code', 'unknown_village', 'error', village_code, ''
from {register}_5_valid where village_code[1:6] not in (select code from place where level = 'tambon');
