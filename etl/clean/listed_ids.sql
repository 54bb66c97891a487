-- Household ids of a list of persons: as of households, and a new household of the same house begins where the members begin
-- again, or where the list numbers the households of a house.
-- Reads: begun, listed, listed_named, member_list_1_placed
-- Writes: begun, listed, listed_named
-- Appends: fault
create table listed as
select row_id, register_year, member_no, relation, household_no, household_id as given,
       coalesce(household_id, house_code, village_code || '/' || house_no, head_citizen_id) as base
from member_list_1_placed;

create table begun as
select *, coalesce(household_no, sum(begins) over (partition by register_year, base order by row_id)) as place
from (select *, if(coalesce(member_no = 1, relation ilike 'หัวหน้า%', false)
                   or row_number() over (partition by register_year, base order by row_id) = 1, 1, 0) as begins from listed);

create table listed_named as
select row_id, if(given is not null or place <= 1, base, concat(base, '-', place)) as household_id, base, place,
       coalesce(member_no, row_number() over (partition by register_year, base, place order by row_id)) as member_no
from begun where base is not null;

insert into fault
select 'member_list', row_id, sheet_of(row_id), 'household_id', 'several_in_house', 'notice', base, household_id
from listed_named where place > 1 and household_id <> base
qualify row_number() over (partition by household_id order by row_id) = 1;
