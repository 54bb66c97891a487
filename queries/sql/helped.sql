-- Households that were helped in the same need: one row per household with an item of its plan done, `total` in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, done, came, score, total
-- `household` or `need` say which need; `about`: words, which find what fits them alone where no household is named, else
-- what fits comes first, then who is most alike in what it lacks. By their place alone: whoever wants to know who they are
-- opens them, which is written down. came: "out" of that need in a later year's register, "still" in it, or null.
with items as materialized (from solved($filters, $reader, $household, $need)),
doc as (select activity, words from cut_texts() join (select distinct activity from items) on activity = text),
size as (select count(*) as docs, greatest(1, avg(len(words))) as average from doc),
hit as (
  select activity, length, word, count(*) as times
  from (select activity, len(words) as length, unnest(words) as word from doc) join asked_words($about) using (word)
  group by all),
having_it as (select word, count(*) as docs_with_it from hit group by word),
found as (
  select activity, sum(bm25(times, length, average, docs_with_it, docs)) as score
  from hit join having_it using (word), size group by activity),
homes as (
  select ref, register_year, village_code, tambon_code, "case", came, alike,
         count(*) as done, string_agg(activity, ' · ' order by score desc nulls last, updated_date desc, activity) as activity,
         max(updated_date) as updated_date, arg_max(reply, updated_date) filter (reply is not null) as reply,
         coalesce(round(max(score), 6), 0) as score
  from items left join found using (activity) group by all)
select ref, register_year, h.village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th,
       t.name_en as tambon_en, "case", done, activity, updated_date, reply, came, score, count(*) over () as total
from homes h left join warehouse.place v on v.code = h.village_code left join warehouse.place t on t.code = h.tambon_code
where $about = '' or $household <> '' or score > 0
order by score desc, round(alike, 6) desc, came = 'out' desc nulls last, updated_date desc nulls last, ref
limit $limit offset $offset
