-- What was done about debts as the register would have it: one row per action that is in no register yet.
-- Tells: cases
-- Computes: hidden
-- Years: fiscal
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select fiscal_year, village_code, action_no, action_date, action_kind, action_amount, action_team, action_result,
       nullif(concat_ws(' ', entries, unentered), '') as entries,
       without_ids(concat_ws(' | ', action_team, action_result)) <> concat_ws(' | ', action_team, action_result) as hidden
from chosen_debt_actions($filters, $reader) where unentered is not null or $every <> ''
order by fiscal_year, village_code, action_no
