-- Records of {register} that name no household: by the house code and the number of the household in it, by the house code
-- where one household lives in it, by the citizen id of the head. What fits several households is linked to none.
create or replace table link as
with lost as (
  select row_id, register_year, {ways} from {register}_sheets
  where household_id is null and (faults is null or len(faults) > 0)),
fits as (
  select l.row_id, h.household_id, if(l.house_code is not null, 1, 2) as trust
  from lost l join household_read h
    on h.register_year = l.register_year
   and case when l.house_code is not null then h.house_code = l.house_code and coalesce(h.household_no = l.household_no, true)
            else h.head_citizen_id = l.head_citizen_id end)
select l.row_id, coalesce(l.house_code, concat('xxxxxxxxxx', right(l.head_citizen_id, 3))) as said, list(distinct f.household_id order by f.household_id) filter (f.household_id is not null) as households
from lost l left join fits f using (row_id) group by all;

insert into fault
select '{register}', row_id, row_id >> 40, if('{has_house}' = 'yes', 'house_code', 'household_id'),
       case when said is null then 'missing_value' when households is null then 'unknown_household' else 'ambiguous_household' end,
       'error', coalesce(said, ''), array_to_string(households[1:5], ' | ')
from link where coalesce(len(households), 0) <> 1;
