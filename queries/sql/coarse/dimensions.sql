-- Households per dimension as published figures: deprived, those with data, and all. One row per dimension.
-- Tells: counts
-- Computes: dimension, known, households
-- Each is a text: 0, "<5", or "≈ 30"; null is no data. Without "not deprived": with its complement a small number could be
-- worked out.
select d.dimension, published(sum(figure) filter (measure = d.dimension)) as deprived,
       published(sum(figure) filter (measure = concat(d.dimension, '_known'))) as known,
       published(sum(figure) filter (measure = 'households')) as households
from warehouse.definition.dimensions d left join chosen_figures($filters, $reader) on true
group by d.dimension, cast(d.position as int) order by cast(d.position as int)
