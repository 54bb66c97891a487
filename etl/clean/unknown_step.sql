-- Steps of cases that their template does not have.
-- Reads: out.definition.case_steps, step_5_valid
-- Appends: fault
insert into fault
select 'step', s.row_id, s.sheet_no, 'step', 'unknown_step', 'error', cast(s.step as varchar),
       (select concat('1–', max(cast(step as int))) from out.definition.case_steps c where c.template = s.template)
from step_5_valid s
where not exists (from out.definition.case_steps c where c.template = s.template and cast(c.step as int) = s.step);
