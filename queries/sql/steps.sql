-- Cases as a checklist: one row per case and step of its template, also the steps not begun.
-- Tells: cases
select s.ref, s.household_id, s.register_year, s.village_code, s.tambon_code, t.name_th as tambon_th, t.name_en as tambon_en, v.name_th as village_th,
       s.template, s.step, s.phase, s.started_date, s.finished_date, s.due_date, s.owner, s.note, s.state, s.overdue, s.as_of, s.closed_date
from chosen_case_steps($filters, $reader) s
left join warehouse.place t on t.code = s.tambon_code left join warehouse.place v on v.code = s.village_code
where $household = '' or s.home = home_of($household)
order by s.closed_date is not null, count(s.started_date) over (partition by s.ref) desc, s.village_code, s.ref, s.step
