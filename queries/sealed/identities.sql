-- Full citizen IDs as the report has them, of the chosen households: one row per household that has one.
select register_year, household_id, citizen_id from chosen_people($filters, $reader)
where member_no = 1 and citizen_id is not null
