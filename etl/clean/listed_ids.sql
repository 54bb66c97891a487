-- Household ids of a list of persons: as of households. One house is one household unless the list numbers its households or
-- has several first members or heads in it: then a household begins where the members begin again, and only then the order of
-- the rows says whose members they are.
-- Reads: begun, listed, listed_named, member_list_1_placed
-- Writes: begun, listed, listed_named
-- Appends: fault
create table listed as
select row_id, register_year, member_no, household_no, household_id as given,
       coalesce(household_id, house_code, village_code || '/' || house_no, head_citizen_id) as base,
       coalesce(relation ilike 'หัวหน้า%', false) as is_head, {standing} as standing
from member_list_1_placed;

create table begun as
select *, coalesce(household_no, if(sum(begins) over house < 2, 1,
            greatest(1, sum(begins) over (partition by register_year, base order by row_id)))) as place
from (select *, if(coalesce(member_no = 1, is_head), 1, 0) as begins from listed)
window house as (partition by register_year, base);

create table listed_named as
select row_id, if(given is not null or place <= 1, base, concat(base, '-', place)) as household_id, base, place,
       coalesce(member_no, row_number() over (partition by register_year, base, place
                                              order by is_head desc, standing, row_id)) as member_no
from begun where base is not null;

insert into fault
select 'member_list', row_id, sheet_of(row_id), 'household_id', 'several_in_house', 'notice', base, household_id
from listed_named where place > 1 and household_id <> base
qualify row_number() over (partition by household_id order by row_id) = 1;
