-- Mobile points and the villages called to them: one row per village, those without a point last, `total` in all.
-- Tells: cases
-- Computes: on_day, held, district_th, district_en, place_code, place_th, place_en, village_th, village_en, tambon_th
-- Computes: tambon_en, papers, settled_on, still_to_follow, last_action, near, total
-- Years: fiscal
-- A point to which nobody is called has a row without a village. `papers` are the books that are not up to date, or of which
-- nothing is told, joined by |; near, the points in the subdistrict of a village that has none.
with day as (from debt_days($filters, $reader, $day)),
villages as (
  select fiscal_year, district_code, village_code, tambon_code, debt_cause, second_cause, amount_to_follow, still_to_follow,
         settled_on, last_action, point_no, array_to_string(list_filter([
           if(coalesce(book_targets, '') <> 'current', 'book_targets', null),
           if(coalesce(book_status, '') <> 'current', 'book_status', null),
           if(coalesce(book_bank, '') <> 'current', 'book_bank', null),
           if(coalesce(book_debtors, '') <> 'current', 'book_debtors', null)], lambda b: b is not null), '|') as papers
  from debt_standing($filters, $reader, (select on_day from day)) where debt_cause is not null),
points as (
  select fiscal_year, district_code, point_no, point_date, village_code as place_code, tambon_code as place_tambon, point_team,
         point_papers
  from chosen_debt_points($filters, $reader)
  where fiscal_year in (select fiscal_year from debt_latest($filters, $reader))),
near as (
  select v.fiscal_year, v.village_code, string_agg(p.point_no, ', ' order by p.point_no) as near
  from villages v join points p on p.fiscal_year = v.fiscal_year and p.place_tambon = v.tambon_code
  where v.point_no is null group by all)
select (select on_day from day) as on_day, fiscal_year, district_code, d.name_th as district_th,
       d.name_en as district_en, point_no, point_date, point_date <= (select on_day from day) as held,
       place_code, o.name_th as place_th, o.name_en as place_en, point_team, point_papers,
       w.village_code, c.name_th as village_th, c.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, debt_cause, second_cause, amount_to_follow, still_to_follow, settled_on,
       last_action, papers, near, count(*) over () as total
from points full join villages w using (fiscal_year, district_code, point_no) left join near using (fiscal_year, village_code)
left join warehouse.place o on o.code = place_code left join warehouse.place c on c.code = w.village_code
left join warehouse.place t on t.code = w.tambon_code
left join warehouse.place d on d.code = district_code
order by district_code, point_no nulls last, settled_on is not null, still_to_follow desc nulls last, w.village_code
limit $limit offset $offset
