-- The office that learns, and what it and others have learned: doors like those of macros.sql, which say who sees what.
-- An office lies in a district. What is found by its words is found by those of warehouse.cut_text: a text with a name in
-- it has the words of the text without it.

-- The latest day of which the chosen offices tell anything, or the day that is asked for.
create macro learning_day(f, r, on_day) as coalesce(try_cast(nullif(on_day, '') as date), (
  select max(happened) from (
    select met_date as happened from chosen_learning_meetings(f, r)
    union all select drawn_date from chosen_lessons(f, r))));

-- Meetings by a day, each with the place of its step among the five and that of the meeting before: one row per path and
-- day.
create macro learning_moves(f, r, on_day) as table
select m.*, cast(p.position as int) as position,
       lag(cast(p.position as int)) over (partition by district_code, path_no order by met_date) as before
from chosen_learning_meetings(f, r) m
join warehouse.definition.picklists p on p.picklist = 'learning_step' and p."value" = m.learning_step
where met_date <= on_day;

-- What a word adds to how well a text fits (Okapi BM25, k1 = 1.2, b = 0.75: Robertson and Zaragoza 2009): the rarer the
-- word among the texts and the shorter the text, the more.
create macro bm25(times, length, average, texts_with_it, texts) as
  ln(1 + (texts - texts_with_it + 0.5) / (texts_with_it + 0.5)) * times * 2.2
  / (times + 1.2 * (0.25 + 0.75 * length / average));

create macro asked_words(about) as table
select distinct word from (select unnest(string_split(about, '|')) as word) where word <> '';

-- How well the chosen lessons fit the words: one row per lesson that has any of them.
create macro lessons_found(f, r, about) as table
with doc as (
  select district_code, lesson_no, list_concat(coalesce(t.words, []), if(r['text'], coalesce(x.words, []), [])) as words
  from chosen_lessons(f, r) left join warehouse.cut_text t on t.text = lesson_title
  left join warehouse.cut_text x on x.text = lesson_text),
size as (select count(*) as docs, greatest(1, avg(len(words))) as average from doc),
hit as (
  select district_code, lesson_no, length, word, count(*) as times
  from (select district_code, lesson_no, len(words) as length, unnest(words) as word from doc)
  join asked_words(about) using (word) group by all),
having_it as (select word, count(*) as docs_with_it from hit group by word)
select district_code, lesson_no, sum(bm25(times, length, average, docs_with_it, docs)) as score
from hit join having_it using (word), size group by all;

-- The same of what was planned for the chosen households: one row per different activity.
create macro activities_found(f, r, about) as table
with doc as (
  select activity, any_value(t.words) as words
  from chosen_plan_items(f, r) join warehouse.cut_text t on t.text = activity group by activity),
size as (select count(*) as docs, greatest(1, avg(len(words))) as average from doc),
hit as (
  select activity, length, word, count(*) as times
  from (select activity, len(words) as length, unnest(words) as word from doc)
  join asked_words(about) using (word) group by all),
having_it as (select word, count(*) as docs_with_it from hit group by word)
select activity, sum(bm25(times, length, average, docs_with_it, docs)) as score
from hit join having_it using (word), size group by all;

create macro needs_of(health, living, education, income, access) as list_filter([
  if(health = 'deprived', 'health', null), if(living = 'deprived', 'living', null),
  if(education = 'deprived', 'education', null), if(income = 'deprived', 'income', null),
  if(access = 'deprived', 'access', null)], lambda w: w is not null);

create macro free_of(health, living, education, income, access) as list_filter([
  if(health = 'not_deprived', 'health', null), if(living = 'not_deprived', 'living', null),
  if(education = 'not_deprived', 'education', null), if(income = 'not_deprived', 'income', null),
  if(access = 'not_deprived', 'access', null)], lambda w: w is not null);

-- What the household of an address lacks; an empty list for none.
create macro own_needs(r, of_household) as coalesce((
  select needs_of(health, living, education, income, access) from visible_households(r)
  where home = home_of(of_household)), []);

-- What was done of the plans of chosen households in the same need as one household (any where none is named or it lacks
-- nothing known), or in one need: one row per item that is done, but those of the household itself. `alike`: the part of
-- both households' needs that they share, 0 to 1. `came` is how it stood in that need in a later year's register: out of
-- all of it that is known, still in some; null where no later register tells.
create macro solved(f, r, of_household, need) as table
with own as (select if(need <> '', [need], own_needs(r, of_household)) as needs),
me as (select household_id from visible_households(r) where home = home_of(of_household)),
done as (
  select home, aspect, activity, owner, updated_date, reply from chosen_plan_items(f, r) where status = 'done'),
helped as (
  select home, ref, register_year, household_id, village_code, tambon_code, "case",
         needs_of(health, living, education, income, access) as lacked,
         if(len(own.needs) = 0, lacked, list_intersect(lacked, own.needs)) as shared,
         if(len(own.needs) = 0, 1, len(shared) / len(list_distinct(list_concat(lacked, own.needs)))) as alike
  from chosen_households(f, r), own
  where (of_household = '' or exists (from me)) and home in (select home from done) and household_id not in (from me)
    and (len(own.needs) = 0 or len(shared) > 0)),
later as (
  select household_id, register_year as year_then, needs_of(health, living, education, income, access) as lacks,
         free_of(health, living, education, income, access) as is_free
  from visible_households(r) where household_id in (select household_id from helped)),
after as (
  select h.home, case when list_has_any(h.shared, arg_max(l.lacks, l.year_then)) then 'still'
                      when list_has_any(h.shared, arg_max(l.is_free, l.year_then)) then 'out' end as came
  from helped h join later l on l.household_id = h.household_id and l.year_then > h.register_year
  group by h.home, h.shared)
select * exclude (household_id, lacked) from done join helped using (home) left join after using (home);
