-- Persons who may be one, two records side by side: one row per pair with all its reasons, equal citizen ids first.
-- Tells: cases, files
-- Computes: pair, why, reasons, likeness, register_years, total
-- Both must be the reader's to see. A pair of several years is shown as in the latest; likeness is of the names, null where
-- only an ID is one. `state` is open or decided; `decided` are pairs judged different, with commas between.
with matching as not materialized (
  select register_year, home, other_home, ref, other_ref, member_no, other_member_no, pair, likeness,
         register_years, reasons, why
  from visible_pairs($reader)
  where list_contains(string_split($decided, ','), pair) = ($state = 'decided')),
pair as (  -- one screen of them; who they are is looked up for these alone
  select *, (select count(*) from matching) as total from matching
  order by (why <> 'equal_citizen_id'), likeness desc nulls last, pair limit $limit offset $offset),
lives as (
  select * from visible_households($reader) where home in (select unnest([home, other_home]) from pair)),
person as (
  select home, member_no, citizen_id, title, first_name, last_name, sex, age_at, relation
  from people_of((select list(home) from lives), $reader)),
records as (
  select h.home, p.member_no, h.village_code, h.tambon_code, h.house_no, h.source, h.certification,
         coalesce(p.citizen_id, h.head_citizen_id) as citizen_id, coalesce(p.title, h.head_title) as title,
         coalesce(p.first_name, h.head_first_name) as first_name, coalesce(p.last_name, h.head_last_name) as last_name,
         p.sex, p.age_at as age, p.relation
  from lives h left join person p using (home))
select d.pair, d.why, d.reasons, d.likeness, d.register_year, d.register_years, d.ref, d.other_ref, d.total,
       a.* exclude (home, member_no), b.citizen_id as other_citizen_id, b.title as other_title,
       b.first_name as other_first_name, b.last_name as other_last_name, b.sex as other_sex, b.age as other_age,
       b.relation as other_relation, b.house_no as other_house_no, b.village_code as other_village_code,
       b.tambon_code as other_tambon_code, b.source as other_source, b.certification as other_certification
from pair d
join records a on a.home = d.home and a.member_no is not distinct from d.member_no
join records b on b.home = d.other_home and b.member_no is not distinct from d.other_member_no
order by (d.why <> 'equal_citizen_id'), d.likeness desc nulls last, d.pair
