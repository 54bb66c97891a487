-- Cases as a checklist, those furthest along first: one row per case and step of its template, also the steps not begun.
-- Tells: cases
-- Computes: tambon_th, tambon_en, village_th, village_en, late, plan_late, total
-- A case is a household and a template; without `template` it has all of them. `late` is a step that is overdue, or one that
-- runs while `plan_late` items of the family's plan are.
with matching as not materialized (
  from chosen_case_steps($filters, $reader)
  where ($household = '' or home = home_of($household)) and ($template = '' or template = $template)),
screen as (
  select home, template, closed_date is not null as closed, count(started_date) as begun, count(*) over () as total
  from matching group by home, template, village_code, ref, closed
  order by closed, begun desc, village_code, ref, template limit $limit offset $offset),
family as (
  select home, head_title, head_first_name, head_last_name, house_no, coalesce(plan_overdue, 0) as plan_late
  from visible_households($reader) semi join screen using (home))
select s.ref, s.household_id, s.register_year, s.village_code, s.tambon_code, t.name_th as tambon_th, t.name_en as tambon_en,
       v.name_th as village_th, v.name_en as village_en, f.head_title, f.head_first_name, f.head_last_name, f.house_no,
       s.template, s.step, s.phase, s.started_date, s.finished_date, s.due_date, s.owner, s.note, s.state, s.overdue,
       s.overdue or (s.state = 'current' and f.plan_late > 0 and not closed) as late, f.plan_late, s.as_of, s.closed_date, total
from screen join matching s using (home, template) join family f using (home)
left join warehouse.place t on t.code = s.tambon_code left join warehouse.place v on v.code = s.village_code
order by closed, begun desc, s.village_code, s.ref, s.template, s.step
