-- The only doors to the households: who may see them, then what was chosen. No question reads warehouse.household,
-- person, plan_item, case_step, need, contribution or visit by any other way (a test holds it).

-- Households of the reader's areas; null areas are the nation.
create macro visible_households(r) as table
select * from warehouse.household
where r['areas'] is null or list_contains(r['areas'], province_code) or list_contains(r['areas'], district_code)
   or list_contains(r['areas'], tambon_code) or list_contains(r['areas'], village_code);

-- The one place where the reader's filters meet the data. A filter left null keeps everything.
-- First years and places alone: all who are listed there, which is what a share of the chosen is a share of.
create macro placed_households(f, r) as table
select * from visible_households(r)
where (f['year'] is null or list_contains(f['year'], register_year))
  and (f['province'] is null or list_contains(f['province'], province_code))
  and (f['district'] is null or list_contains(f['district'], district_code))
  and (f['tambon'] is null or list_contains(f['tambon'], tambon_code))
  and (f['village'] is null or list_contains(f['village'], village_code));

create macro chosen_households(f, r) as table
select * from placed_households(f, r)
where (f['dimension'] is null
       or (health = 'deprived' and list_contains(f['dimension'], 'health'))
       or (living = 'deprived' and list_contains(f['dimension'], 'living'))
       or (education = 'deprived' and list_contains(f['dimension'], 'education'))
       or (income = 'deprived' and list_contains(f['dimension'], 'income'))
       or (access = 'deprived' and list_contains(f['dimension'], 'access')))
  and (f['plan'] is null or list_contains(f['plan'], plan))
  and (f['case'] is null or list_contains(f['case'], "case"))
  and (f['source'] is null or list_contains(f['source'], source))
  and (f['certification'] is null or list_contains(f['certification'], certification));

create macro of_chosen(f, r) as table
select register_year, household_id, ref, tambon_code, village_code, as_of, certification, closed_date from chosen_households(f, r);

create macro chosen_people(f, r) as table
select p.*, ref from warehouse.person p join of_chosen(f, r) using (register_year, household_id);

create macro chosen_plan_items(f, r) as table
select p.*, ref, tambon_code, village_code, as_of, closed_date from warehouse.plan_item p join of_chosen(f, r) using (register_year, household_id);

create macro chosen_case_steps(f, r) as table
select s.*, ref, tambon_code, village_code, as_of, closed_date from warehouse.case_step s join of_chosen(f, r) using (register_year, household_id);

create macro chosen_needs(f, r) as table
select n.*, ref, tambon_code, village_code, closed_date from warehouse.need n join of_chosen(f, r) using (register_year, household_id);

create macro chosen_contributions(f, r) as table
select c.*, ref from warehouse.contribution c join of_chosen(f, r) using (register_year, household_id);

create macro chosen_visits(f, r) as table
select v.*, ref from warehouse.visit v join of_chosen(f, r) using (register_year, household_id);

-- One row per combination of the five states (at most 243), with its households and people: what a register of any size
-- comes down to before a question looks at dimensions one by one.
create macro state_profiles(f, r) as table
select health, living, education, income, access, count(*) as households, coalesce(sum(people), 0) as people
from chosen_households(f, r) group by all;

-- Whether anything is known of a household: no data is never "not poor".
create macro any_known(health, living, education, income, access) as
  not (health = 'no_data' and living = 'no_data' and education = 'no_data' and income = 'no_data' and access = 'no_data');

-- Five states as rows, for `unnest(…, recursive := true)`.
create macro by_dimension(health, living, education, income, access) as [
  {'dimension': 'health', 'state': health}, {'dimension': 'living', 'state': living}, {'dimension': 'education', 'state': education},
  {'dimension': 'income', 'state': income}, {'dimension': 'access', 'state': access}];

-- Masks, in the Thai way. A leading vowel is written before its consonant, so the first letter is then two characters.
create macro first_letter(t) as if(t[1:1] in ('เ', 'แ', 'โ', 'ใ', 'ไ'), t[1:2], t[1:1]);
create macro mask_name(t) as first_letter(t) || '…';
create macro mask_citizen_id(t) as 'x-xxxx-xxxxx-' || t[11:12] || '-' || t[13:13];
create macro mask_phone(t) as 'xxx-xxx-xx' || right(t, 2);
create macro mask_address(t) as if(t is null, null, 'xxx');
create macro mask_health(t) as if(t is null, null, '(ปิดบัง)');
create macro mask_coordinates(t) as null;
