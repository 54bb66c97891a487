-- Members of one household: one row per person.
-- Tells: cases
select member_no, citizen_id, title, first_name, last_name, sex, age_at as age, relation, occupation, schooling, health_status, welfare_card, is_target
from chosen_people($filters, $reader) where home = home_of($household) order by member_no
