-- One row per member of a household per register year.
create table out.person as
select p.* exclude (row_id, sheet_no, faults, house_code, household_no, head_citizen_id),
       coalesce(p.age, case when p.birth_date <= h.as_of then cast(date_sub('year', p.birth_date, h.as_of) as usmallint) end) as age_at,
       coalesce(h.deprived > 0 and p.welfare_card = 'validated', false) as is_target
from person_sound p join out.household h using (register_year, household_id);
