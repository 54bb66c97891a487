-- What was done of loans of the women's fund since the registers came, as it stands: one row per entry. Of one loan, step
-- and day two people may have recorded the same: it was done once, and the first who said so counts.
-- Reads: meeting_standing, place_carried, place_numbered
-- Writes: delta.loan_step
delete from delta.loan_step;

insert into delta.loan_step by name
select cast(split_part(thing, '/', 2) as int) as fiscal_year, regexp_extract(thing, '^loan/\d+/(.*)$', 1) as project_no,
       village as village_code,
       body->>'fund_step' as fund_step, said_on as checked_date, body->>'fund_result' as fund_result,
       number as check_no, id as entry,
       who as recorded_by, s.received_at as recorded_at
from meeting_standing s join place_numbered using (id) anti join place_carried using (id)
where kind = 'loan_step'
qualify row_number() over (partition by village, thing, fund_step, said_on order by s.received_at, id) = 1;
