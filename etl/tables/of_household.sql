-- One row per record of the register {register} that hangs on a household; `home` is its household's place in out.household.
create table out.{table} as
select h.rowid as home, {columns} from {register}_sound r join out.household h using (register_year, household_id){once};
