-- Steps of the cases of a reader's families, for the field page: one row per case and step of its template.
-- Tells: cases
select ref, template, step, started_date, finished_date, due_date, owner
from chosen_case_steps($filters, $reader) where closed_date is null order by ref, template, step
