-- Records of the register {register}, which names a place by its code, of a place that the nation's list does not have.
-- Reads: <register>_5_valid, place
-- Appends: fault
insert into fault
select '{register}', row_id, sheet_no, '{place}', 'unknown_place', 'error', {place}, ''
from {register}_5_valid where {place}[1:6] not in (select code from place);
