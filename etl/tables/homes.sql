-- What hangs on a household names it by `home`, its place in out.household: a number is looked up at a tenth of what two texts cost.

-- One row per household: its place under its opaque address, in their order, so that one household is found without reading all.
create table out.address as select ref, rowid as home from out.household order by ref;

-- One row per member of a household per register year.
create table out.person as
select h.rowid as home, {person},
       coalesce(p.age, case when p.birth_date <= h.as_of then cast(date_sub('year', p.birth_date, h.as_of) as usmallint) end) as age_at,
       coalesce(h.deprived > 0 and p.welfare_card = 'validated', false) as is_target
from person_sound p join out.household h using (register_year, household_id);

create table out.plan_item as
select h.rowid as home, p.* from plan_item p join out.household h using (register_year, household_id);

create table out.case_step as
select h.rowid as home, s.* from case_step s join out.household h using (register_year, household_id);
