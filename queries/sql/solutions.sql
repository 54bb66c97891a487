-- What was done for households in the same need: one row per activity and aspect, what fits the words first, `total` in all.
-- Tells: cases
-- Computes: done, helped_homes, closed, told_later, got_out, last_done, score, total
-- What was done most often for those most alike in what they lack comes before the rest. `household` or `need` say which
-- need; `about`: words, which find what fits them alone where no household is named. done: items done; helped_homes: of how
-- many households; closed: of these, how many cases; got_out: no longer deprived in that need, of those of whom a later
-- year's register tells (told_later).
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
  from hit join having_it using (word), size group by activity)
select aspect, activity, count(*) as done, count(distinct home) as helped_homes,
       count(distinct home) filter ("case" = 'closed') as closed, count(distinct home) filter (came is not null) as told_later,
       count(distinct home) filter (came = 'out') as got_out, max(updated_date) as last_done,
       arg_max(reply, updated_date) filter (reply is not null) as reply, coalesce(round(max(score), 6), 0) as score,
       count(*) over () as total
from items left join found using (activity) where $about = '' or $household <> '' or score > 0
group by aspect, activity
order by score desc, round(sum(alike), 6) desc, got_out desc, aspect, activity limit $limit offset $offset
