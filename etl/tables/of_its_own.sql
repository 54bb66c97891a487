-- One row per record of the register {register}, which hangs on no other.
create table out.{table} as
select {columns} from {register}_sound r{once};
