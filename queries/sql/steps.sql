-- Cases as a checklist, those furthest along first: one row per case and step of its template, also the steps not begun.
-- Tells: cases
-- Computes: tambon_th, tambon_en, village_th, total
with matching as not materialized (
  from chosen_case_steps($filters, $reader) where $household = '' or home = home_of($household)),
screen as (
  select home, closed_date is not null as closed, count(started_date) as begun, count(*) over () as total
  from matching group by home, village_code, ref, closed
  order by closed, begun desc, village_code, ref limit $limit offset $offset)
select s.ref, s.household_id, s.register_year, s.village_code, s.tambon_code, t.name_th as tambon_th, t.name_en as tambon_en,
       v.name_th as village_th, s.template, s.step, s.phase, s.started_date, s.finished_date, s.due_date, s.owner, s.note,
       s.state, s.overdue, s.as_of,
         s.closed_date, total
from screen join matching s using (home)
left join warehouse.place t on t.code = s.tambon_code left join warehouse.place v on v.code = s.village_code
order by closed, begun desc, s.village_code, s.ref, s.step
