-- What was done about the debts of the chosen villages by a day, the latest first: one row per action, `total` in all.
-- Tells: cases
-- Computes: on_day, village_th, village_en, tambon_th, tambon_en, alike, total
-- Years: fiscal
-- `entry` of what was recorded here and is no row of the register. `alike`: how many actions of that village, day, kind and
-- amount there are: where one is recorded and another stands in a register they may be one that was told twice.
with day as (from debt_days($filters, $reader, $day)),
done as not materialized (
  select *, count(*) over (partition by fiscal_year, village_code, action_date, action_kind, action_amount) as alike
  from chosen_debt_actions($filters, $reader)
  semi join debt_latest($filters, $reader) using (fiscal_year, village_code)
  where action_date <= (select on_day from day)),
shown as (from done order by action_date desc, village_code, action_no desc limit $limit offset $offset)
select (select on_day from day) as on_day, fiscal_year, a.village_code, v.name_th as village_th, v.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, action_no, action_date, action_kind, action_amount, action_team,
       action_result, entry, recorded_by, recorded_at, alike, (select count(*) from done) as total
from shown a left join warehouse.place v on v.code = a.village_code left join warehouse.place t on t.code = a.tambon_code
order by action_date desc, a.village_code, action_no desc
