-- The provincial report: one row per household, in a fixed order of columns and rows.
-- Tells: cases
-- Computes: province, district, tambon, village
with page as (  -- a screen of them before anything is looked up
  select home from chosen_households($filters, $reader) order by register_year, village_code, household_id limit $rows),
head as (
  select home, citizen_id from people_of((select list(home) from page), $reader) where member_no = 1)
select h.register_year, p.name_th as province, d.name_th as district, t.name_th as tambon, v.name_th as village, h.village_moo,
       h.province_code, h.district_code, h.tambon_code, h.village_code, h.household_id, h.house_code, h.house_no,
       h.head_title, h.head_first_name, h.head_last_name, head.citizen_id, h.people, h.target_people, h.source, h.verification,
       h.certification, h.certified_date, h.meeting, h.survey_year, h.income_per_person,
       h.health, h.living, h.education, h.income, h.access, h.deprived, h.plan_attitude, h.plan_skill, h.plan_resource,
       h.plan_way_out, h.plan, h.plan_items, h.plan_done, h.plan_overdue, h."case", h.last_movement, h.closed_date,
       h.close_reason, h.as_of
from page join visible_households($reader) h using (home)
left join warehouse.place p on p.code = h.province_code left join warehouse.place d on d.code = h.district_code
left join warehouse.place t on t.code = h.tambon_code left join warehouse.place v on v.code = h.village_code
left join head using (home)
order by h.register_year, h.village_code, h.household_id
