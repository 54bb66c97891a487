-- One row per record of the register {register} that hangs on a household; `home` is its household's place in out.household.
-- Reads: <register>_10_kept, out.household
-- Writes: out.<table>
create table out.{table} as
select h.rowid as home, {columns}{masked}
from {register}_10_kept r join out.household h using (register_year, household_id){names}{once};
