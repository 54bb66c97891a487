-- Villages assessed by an instrument: scores, levels and what the next level lacks. Doors like those of macros.sql, which
-- say who
-- sees which villages. What is known of an instrument, its items and levels are rows of the build's own definitions.

-- Forums that were held on the screen, of the reader's areas, of the years and places chosen: one row per forum.
create macro chosen_held_forums(f, r) as table
select {held_forum}, tambon_code, district_code
from (select *, assessed_year as register_year, village_code[1:2] as province_code, village_code[1:4] as district_code,
             village_code[1:6] as tambon_code from delta.held_forum) as held_forum
where {within} and {placed};

create macro chosen_held_scores(f, r) as table
select {held_score} from delta.held_score join (select forum, village_code from chosen_held_forums(f, r)) using (forum,
  village_code);

-- Villages that there are in the places chosen, of the reader's areas, whatever is kept of them: one row per village.
create macro villages_here(f, r) as table
select code as village_code, name_th, name_en, code[1:6] as tambon_code from warehouse.place
where level = 'village' and is_in(r['areas'], code)
  and (f['province'] is null or list_contains(f['province'], code[1:2]))
  and (f['district'] is null or list_contains(f['district'], code[1:4]))
  and (f['tambon'] is null or list_contains(f['tambon'], code[1:6])) and (f['village'] is null or list_contains(f['village'],
    code));

-- Instruments as numbers: how many items it has, how many of them are main ones, and from which score one is passed.
create macro instruments_known() as table
select instrument, cast(nullif(items, '') as int) as items, cast(nullif(main, '') as int) as main,
       cast(nullif(pass_at, '') as double) as pass_at from warehouse.definition.instruments;

create macro levels_known() as table
select level, instrument, cast(position as int) as position, cast(nullif(at_least, '') as int) as at_least,
       cast(nullif(at_most, '') as int) as at_most, all_main = 'yes' as all_main from warehouse.definition.level_rules;

-- One row per assessment (year, village, instrument, round). A forum on the screen counts as soon as every item of its
-- instrument is
-- scored, and then in place of an older one that a register has.
create macro assessed(f, r, of) as table
select * from (
  select assessed_year, village_code, tambon_code, district_code, instrument, assessment_round, assessed_date,
         assessed_households, stated_level, null::varchar as forum
  from chosen_village_assessments(f, r) where of = '' or instrument = of
  union all by name
  select assessed_year, village_code, tambon_code, district_code, instrument, assessment_round, held_on as assessed_date, forum
  from chosen_held_forums(f, r) join instruments_known() using (instrument)
  join (select forum, count(*) as scored from chosen_held_scores(f, r) group by forum) using (forum)
  where scored >= items and not carried and (of = '' or instrument = of))
qualify row_number() over (partition by assessed_year, village_code, instrument, assessment_round
                           order by assessed_date desc nulls last, forum nulls last) = 1;

-- One row per item that was scored in these assessments; aspect and main are those of the definitions, else of the office's
-- form.
create macro item_scores(f, r, of) as table
select a.*, s.item, s.item_score, s.item_households, coalesce(d.position, 1000) as position,
       coalesce(nullif(d.aspect, ''), s.item_aspect, if(contains(s.item, '.'), split_part(s.item, '.', 1), null)) as aspect,
       coalesce(nullif(d.main, ''), s.item_main) as main, s.item_name, d.name_th, d.name_en,
       coalesce(d.confidence in ('confirmed', 'seen'), false) as confirmed, d.one_up_to, d.two_up_to
from assessed(f, r, of) a
join (
  select assessed_year, village_code, instrument, assessment_round, null::varchar as forum, item, item_name, item_aspect,
    item_main,
         item_score, item_households
  from chosen_village_scores(f, r) where of = '' or instrument = of
  union all by name
  select assessed_year, village_code, instrument, assessment_round, forum, item, score as item_score,
         if(main_items is null, null, if(list_contains(string_split(main_items, ','), item), 'main', 'other')) as item_main
  from chosen_held_scores(f, r)
  join (select forum, assessed_year, instrument, assessment_round, main_items from chosen_held_forums(f, r)) using (forum)) s
  on s.assessed_year = a.assessed_year and s.village_code = a.village_code and s.instrument = a.instrument
    and s.assessment_round = a.assessment_round and s.forum is not distinct from a.forum
left join (
  select instrument, item, cast(position as int) as position, aspect, main, name_th, name_en, confidence,
         cast(nullif(one_up_to, '') as double) as one_up_to, cast(nullif(two_up_to, '') as double) as two_up_to
  from warehouse.definition.instrument_items) d on d.instrument = s.instrument and d.item = s.item;

-- The level of each assessment by the rules, whatever it says of itself: one row per assessment. verdict is level, below
-- (none is
-- reached), beyond (more is passed than any confirmed level allows), main_unknown, incomplete, or no_rule.
create macro reckoned(f, r, of) as table
with counted as (
  select assessed_year, village_code, instrument, assessment_round, count(item_score) as scored,
         count(*) filter (item_score >= pass_at) as passed, count(*) filter (main = 'main') as main_known,
         count(*) filter (main = 'main' and item_score >= pass_at) as main_passed, avg(item_score) as mean_score,
         list({'at': position, 'item': item}) filter (main = 'main' and item_score < pass_at) as main_missing,
         max(i.items) as items, max(i.mains) as mains
  from item_scores(f, r, of) s join (select instrument, items, main as mains,
    pass_at from instruments_known()) i using (instrument)
  group by all),
ruled as (
  select instrument, min(at_least) as lowest, max(coalesce(at_most, 1000)) filter (at_least is not null) as highest,
         bool_or(all_main and at_least is not null) as needs_main, bool_or(at_least is null) as open
  from levels_known() group by instrument),
reached as (
  select c.assessed_year, c.village_code, c.instrument, c.assessment_round, arg_max(l.level, l.position) as level,
         max(l.position) as position
  from counted c join levels_known() l using (instrument)
  where c.passed between l.at_least and coalesce(l.at_most, 1000) and (not l.all_main or c.main_passed = c.mains) group by all),
judged as (
  select a.*, c.* exclude (assessed_year, village_code, instrument, assessment_round), l.level as reached, l.position, highest,
         case when scored is null or scored < items then 'incomplete' when lowest is null then 'no_rule'
           when passed < lowest then 'below'
              when needs_main and main_known <> mains then 'main_unknown' when l.level is not null then 'level'
              when passed > highest and open
                and (not needs_main or main_passed = mains) then 'beyond' else 'below' end as verdict
  from assessed(f, r, of) a left join counted c using (assessed_year, village_code, instrument, assessment_round)
  left join ruled using (instrument) left join reached l using (assessed_year, village_code, instrument, assessment_round))
select * exclude (reached, position, highest), case verdict when 'level' then reached when 'below' then 'below' end as level,
       case verdict when 'level' then position when 'below' then 0
            when 'beyond' then (select max(position) from levels_known() k where k.instrument = judged.instrument
                                and k.at_least is not null) end as at_level,
       case when stated_level is null or verdict not in ('level', 'below') then null
            else stated_level = if(verdict = 'level', reached, 'below') end as agrees
from judged;
