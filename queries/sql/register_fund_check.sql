-- Steps of the women's fund as the register would have them: one row per step that is in no register yet.
-- Tells: cases
-- Computes: hidden
-- Years: fiscal
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select fiscal_year, project_no, check_no, checked_date, fund_step, fund_result, entries,
       without_ids(concat_ws(' | ', project_no, fund_result)) <> concat_ws(' | ', project_no, fund_result) as hidden
from (
  select fiscal_year, project_no, check_no, checked_date, fund_step, fund_result, entries
  from chosen_fund_checks($filters, $reader) where $every <> ''
  union all
  select fiscal_year, project_no, check_no, checked_date, fund_step, fund_result, entry
  from chosen_loan_steps($filters, $reader)
  anti join chosen_fund_checks($filters, $reader) using (fiscal_year, project_no, fund_step, checked_date))
order by fiscal_year, project_no, check_no
