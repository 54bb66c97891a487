-- What two sources say differently, one row per fault: nothing is refused for it, and the rule that decided is named.
-- Reads: household_10_kept, member_count
-- Appends: fault
insert into fault
select 'household', row_id, sheet_no, 'survey_year', 'unknown_round', 'notice', cast(survey_year as varchar), ''
from household_10_kept where survey_year is not null and {round} is null;

insert into fault
select 'household', h.row_id, h.sheet_no, 'members', 'members_disagree', 'notice', cast(members as varchar),
       cast(listed_members as varchar)
from household_10_kept h join member_count using (register_year, household_id)
where members <> listed_members;
