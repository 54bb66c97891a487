-- One row per record of the register {register} that hangs on one of {parent}; it lies where that does.
-- Reads: <register>_10_kept, out.<table>
-- Writes: out.<table>
create table out.{table} as
select {place}{columns}{masked} from {register}_10_kept r join out.{parent} p using ({key}){once};
