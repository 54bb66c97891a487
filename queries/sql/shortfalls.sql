-- What all cases of the chosen households still lack, added up: one row per item and unit, in how many cases.
-- Tells: cases
-- Computes: short, cases
with given as (
  select home, item, unit, sum(quantity) as given from chosen_contributions($filters, $reader) group by all)
select n.item, n.unit, sum(n.quantity - coalesce(given, 0)) as short, count(distinct n.home) as cases
from chosen_needs($filters, $reader) n left join given using (home, item, unit)
where n.quantity > coalesce(given, 0)
group by n.item, n.unit order by n.item, n.unit
