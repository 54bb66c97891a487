-- What is kept here: one row per register of households (or column of the household register that says how far they are),
-- register year and district with a record of it. Where there is none nobody can tell "none" from "kept elsewhere".
-- Reads: out.kept
-- Writes: keeping, out.kept
create table out.kept as
select distinct register, register_year, district_code from ({each}) where register is not null
order by register, register_year, district_code;

-- One row per register year and district: whether what is said of a household rests on anything that is kept. Help is a done
-- item or a gift, a due date stands in a plan or a checklist, a case moves by whatever is dated.
create table keeping as
select register_year, district_code, bool_or(register = 'plan') as plans, bool_or(register in ('plan', 'contribution')) as help,
       bool_or(register in ({due})) as due, bool_or(register in ({followed})) as followed,
       bool_or(register = 'certification') as certification, bool_or(register = 'verification') as verification
from out.kept group by all;
