-- One row per record of the register {register}, which hangs on no other.
-- Reads: <register>_10_kept
-- Writes: out.<table>
create table out.{table} as
select {columns}{masked} from {register}_10_kept r{once};
