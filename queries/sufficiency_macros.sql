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

-- Forums on the screen of which every item of the instrument is scored: one row per assessment (year, village, instrument,
-- round). One counts in place of an older assessment that a register has, of several forums the latest.
create macro forums_assessed(f, r) as table
select assessed_year, village_code, tambon_code, district_code, instrument, assessment_round, held_on as assessed_date,
       null::int as assessed_households, null::varchar as stated_level, forum
from chosen_held_forums(f, r)
join (select instrument, cast(nullif(items, '') as int) as items from warehouse.definition.instruments) using (instrument)
join (select forum, count(*) as scored from chosen_held_scores(f, r) group by forum) using (forum)
left join (
  select assessed_year, village_code, instrument, assessment_round, assessed_date as registered
  from chosen_village_levels(f, r))
  using (assessed_year, village_code, instrument, assessment_round)
where (scored >= items or carried) and not coalesce(registered > held_on, registered is not null)
qualify row_number() over (partition by assessed_year, village_code, instrument, assessment_round
                           order by held_on desc nulls last, forum) = 1 and not carried;

-- Their items and levels, by the same rules as those of the registers (definitions/items_scored.sql, levels.sql).
create macro items_of_forums(f, r) as table
with assessed as (from forums_assessed(f, r)),
scores as (
  select a.assessed_year, a.village_code, a.instrument, a.assessment_round, s.item, null::varchar as item_name,
         null::varchar as item_aspect, s.score as item_score, null::int as item_households,
         if(main_items is null, null, if(list_contains(string_split(main_items, ','), s.item), 'main', 'other')) as item_main
  from assessed a join (select forum, main_items from chosen_held_forums(f, r)) using (forum)
  join (select forum, item, score from chosen_held_scores(f, r)) s using (forum))
{items_scored};

create macro levels_of_forums(f, r) as table
with assessed as (from forums_assessed(f, r)), items as (from items_of_forums(f, r)) from ({levels});

-- Assessments with the level that their items come to, whatever they say of themselves (etl/tables/levels.sql): one row per
-- assessment, of one instrument or of all.
create macro levels_now(f, r, of) as table
select *, null::varchar as forum from chosen_village_levels(f, r)
anti join forums_assessed(f, r) using (assessed_year, village_code, instrument, assessment_round) -- recorded
where of = '' or instrument = of
union all by name select * from levels_of_forums(f, r) where of = '' or instrument = of -- recorded
;

-- Their items: one row per item that was scored.
create macro items_now(f, r, of) as table
select * from chosen_village_items(f, r)
anti join forums_assessed(f, r) using (assessed_year, village_code, instrument, assessment_round) -- recorded
where instrument = of
union all by name select * from items_of_forums(f, r) where instrument = of -- recorded
;
