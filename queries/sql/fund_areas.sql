-- The women's fund for the map: one row per fiscal year and area (of the breakdown `by`) that had revolving loans by its end.
-- Tells: counts
-- Computes: code, name_th, name_en, as_of, lent, outstanding, late, loans, owing, late_loans
-- Years: fiscal
-- A year is told of as of its last day, the latest as of the last day of which the registers tell anything; lent, outstanding
-- and late are baht, rounded, of as many loans: all, those owed anything, those late.
with told as (select latest from fund_days($filters, $reader, '')),
ends as (
  select y as register_year, coalesce(least(make_date(y - 543, 9, 30), latest), latest) as on_day
  from (select unnest(range(min(fiscal_year), 1 + greatest(max(fiscal_year), coalesce(
                 year(latest) + 543 + if(month(latest) > 9, 1, 0), max(fiscal_year))))) as y, latest
        from chosen_fund_projects($filters, $reader), told group by latest)),
owed as (
  select e.register_year, e.on_day, s.*, s.village_code[1:2] as province_code, 'total' as total
  from ends e, lateral (select * from fund_standing($filters, $reader, e.on_day)) s
  where fund_kind = 'revolving' and fiscal_year <= e.register_year)
select a.*, p.name_th, p.name_en from (
  select register_year, cast(columns(lambda c: c = $by) as varchar) as code, max(on_day) as as_of,
         cast(round(sum(approved_amount)) as bigint) as lent, cast(round(sum(outstanding)) as bigint) as outstanding,
         cast(round(sum(least(late, outstanding))) as bigint) as late, count(*) as loans,
         count(*) filter (outstanding > 0) as owing,
         count(*) filter (late > 0) as late_loans
  from owed group by register_year, code) a
left join warehouse.place p on p.code = a.code order by a.register_year, a.code
