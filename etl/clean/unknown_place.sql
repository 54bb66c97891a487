-- Records of the register {register}, which names a place by its code, of a place that the nation's list does not have.
insert into fault
select '{register}', row_id, sheet_no, '{place}', 'unknown_place', 'error', {place}, ''
from {register}_sound where {place}[1:6] not in (select code from place);
