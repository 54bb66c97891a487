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

-- Texts with their words: only to be joined with texts that came through a door.
create macro cut_texts() as table select text, words from warehouse.cut_text;

-- Without words nothing is looked for, and the engine leaves the search out of its plan: `about <> ''` is known by then.
create macro asked_words(about) as table
select distinct word from (select unnest(string_split(about, '|')) as word) where word <> '' and about <> '';

-- How well the chosen lessons fit the words: one row per lesson that has any of them.
create macro lessons_found(f, r, about) as table
with doc as (
  select district_code, lesson_no, list_concat(coalesce(t.words, []), if(r['text'], coalesce(x.words, []), [])) as words
  from chosen_lessons(f, r) left join cut_texts() t on t.text = lesson_title
  left join cut_texts() x on x.text = lesson_text),
size as (select count(*) as docs, greatest(1, avg(len(words))) as average from doc),
hit as (
  select district_code, lesson_no, length, word, count(*) as times
  from (select district_code, lesson_no, len(words) as length, unnest(words) as word from doc)
  join asked_words(about) using (word) group by all),
having_it as (select word, count(*) as docs_with_it from hit group by word)
select district_code, lesson_no, sum(bm25(times, length, average, docs_with_it, docs)) as score
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
  where home = home_of(of_household) and of_household <> ''), []);

-- What was done of the plans of chosen households in the same need as one household (any where none is named or it lacks
-- nothing known), or in one need: one row per item that is done, but those of the household itself. `alike`: the part of
-- both households' needs that they share, 0 to 1. `came` is how it stood in that need in a later year's register: out of
-- all of it that is known, still in some; null where no later register tells.
create macro solved(f, r, of_household, need) as table
with me as materialized (
  select max(household_id) as own_id, coalesce(first(needs_of(health, living, education, income, access)), []) as needs
  from visible_households(r) where home = home_of(of_household) and of_household <> ''),
done as materialized (
  select home, aspect, activity, owner, updated_date, reply from chosen_plan_items(f, r) where status = 'done'),
known as materialized (
  select home, ref, register_year, household_id, village_code, tambon_code, "case",
         needs_of(health, living, education, income, access) as lacked
  from visible_households(r) where home in (select home from done)),
helped as materialized (
  select known.*, if(need <> '', [need], needs) as wanted,
         if(len(wanted) = 0, lacked, list_intersect(lacked, wanted)) as shared,
         if(len(wanted) = 0, 1, len(shared) / len(list_distinct(list_concat(lacked, wanted)))) as alike
  from known, me
  where household_id is distinct from own_id and (of_household = '' or own_id is not null)
    and (len(wanted) = 0 or len(shared) > 0)),
after as (
  select h.home, case when list_has_any(h.shared, arg_max(l.lacks, l.year_then)) then 'still'
                      when list_has_any(h.shared, arg_max(l.is_free, l.year_then)) then 'out' end as came
  from helped h join (
    select household_id, register_year as year_then, needs_of(health, living, education, income, access) as lacks,
           free_of(health, living, education, income, access) as is_free
    from visible_households(r)) l on l.household_id = h.household_id and l.year_then > h.register_year
  group by h.home, h.shared)
select * exclude (household_id, lacked, wanted) from done join helped using (home) left join after using (home);
