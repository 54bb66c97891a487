-- Which two dimensions are lacked together: one row per pair.
with {chosen}, {by_dimension},
lacked as (select profile, households, dimension from by_dimension where state = 'deprived')
select a.dimension, b.dimension as other, sum(a.households) as households
from lacked a join lacked b on a.profile = b.profile and a.dimension < b.dimension
group by a.dimension, b.dimension order by households desc, a.dimension, other
