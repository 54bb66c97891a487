-- Which two dimensions are lacked together: one row per pair, the households that lack both.
with lacked as (select ref, dimension from dimension_states($filters, $reader) where state = 'deprived')
select a.dimension, b.dimension as other, count(*) as households
from lacked a join lacked b on a.ref = b.ref and a.dimension < b.dimension
group by all order by households desc, a.dimension, other
