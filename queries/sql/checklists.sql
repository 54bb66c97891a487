-- How many cases follow each template of steps: one row per template that is in use.
-- Tells: cases
-- Computes: cases
select template, count(distinct home) as cases from chosen_case_steps($filters, $reader) group by template order by template
