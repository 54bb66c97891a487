-- One row per figure that TPMAP published: year, area and what is counted; of two files that say one figure the first stands.
-- Reads: published_10_kept
-- Writes: out.published
create table out.published as
with figure as (unpivot (select register_year, area_code, row_id, {figures} from published_10_kept)
                on {figures} into name figure value "value")
select register_year, area_code, figure, arg_min("value", row_id) as "value" from figure group by all;
