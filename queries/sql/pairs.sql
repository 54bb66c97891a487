-- Which two dimensions are lacked together: one row per pair, the households that lack both.
-- Tells: counts
-- Computes: dimension, other, households
with profile as (select row_number() over () as profile, * from state_profiles($filters, $reader)),
lacked as (
  from (select profile, households, unnest(by_dimension(health, living, education, income, access), recursive := true)
    from profile)
  where state = 'deprived')
select a.dimension, b.dimension as other, cast(sum(a.households) as bigint) as households
from lacked a join lacked b on a.profile = b.profile and a.dimension < b.dimension
group by all order by households desc, a.dimension, other
