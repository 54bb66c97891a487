-- Row-level security: table macros are the only doors to the households: who may see them, then what was chosen. No question
-- reads a table of them by any other way (queries/questions.py refuses it). queries/doors.py fills in what stands in braces:
-- the columns of a table, the conditions of the filters and of the areas; and makes the doors `chosen_<table>s` of everything
-- that hangs on a household, too. What is recorded since the build (journal/projection) stands in the schema delta, each
-- household that an entry is about whole; as long as nothing is, no door looks there.

-- What somebody wrote: as it stands, or without the names of its household for whoever may not read free text.
create macro written(t, masked, open) as if(open, t, coalesce(masked, t));

-- Whether a place lies in the areas; null areas are the nation. `lowest` and `highest` of readers and filters bound the village
-- codes: households are sorted by village, so row groups outside are skipped.
create macro is_in(areas, code) as areas is null or list_contains(areas, code[1:2]) or list_contains(areas, code[1:4])
  or list_contains(areas, code[1:6]) or list_contains(areas, code);

-- Households of the reader's areas. `home` is the place of a household in this order, by which others know it.
create macro visible_households(r) as table
select rowid as home, {household} from warehouse.household where {within}{recorded_households};

-- Tallies (pre-aggregated counts) of the reader's areas. How a household was a year before is shown where it stood in these
-- areas then, too.
create macro visible_tallies(r) as table
select {tally} from warehouse.tally where {within}{recorded_tallies};

-- The reader's filters: first years and places alone ({placed}: all who are listed there, which is what a share of the chosen
-- is a share of), then the others ({chosen}). A filter left null keeps everything.
create macro placed_tallies(f, r) as table
select * from visible_tallies(r) where {placed};

create macro chosen_tallies(f, r) as table
select * from placed_tallies(f, r) where {chosen};

-- All who are placed, each told whether it is chosen: for a share of the chosen in one reading.
create macro marked_tallies(f, r) as table
select *, {chosen} as is_chosen from placed_tallies(f, r);

create macro chosen_households(f, r) as table
select * from visible_households(r)
where {placed} and {chosen};

-- What somebody searches for: Thai digits are Western, the title before a name is none of it, nor are the words before a code,
-- a house number or a place.
create macro plainly(t) as lower(trim(translate(t, '๐๑๒๓๔๕๖๗๘๙', '0123456789')));
create macro searched_code(t) as regexp_extract(plainly(t), '(?:^|[^0-9a-z])([0-9a-f]{8,16})(?:$|[^0-9a-z])', 1);
create macro searched_moo(t) as
  try_cast(regexp_extract(plainly(t), '(?:^|\s)(?:ม\.?|หมู่ที่|หมู่|moo)\s*([0-9]{1,2})(?:\s|$)', 1) as int);
create macro beside_moo(t) as
  trim(regexp_replace(plainly(t), '(?:^|\s)(?:ม\.?|หมู่ที่|หมู่|moo)\s*[0-9]{1,2}(?:\s|$)', ' '));
create macro searched_house(t) as
  regexp_extract(beside_moo(t), '^(?:บ้านเลขที่|เลขที่|no\.?)?\s*([0-9]{1,5}(?:/[0-9]{0,5})?)(?:\s|$)', 1);
create macro searched_place(t) as regexp_replace(trim(regexp_replace(beside_moo(t),
  '^(?:บ้านเลขที่|เลขที่|no\.?)?\s*[0-9]{1,5}(?:/[0-9]{0,5})?(?:\s|$)', '')), '^(?:บ้าน|ตำบล|ต\.)\s*', '');
create macro searched_name(t) as regexp_replace(plainly(t), '^(?:นางสาว|นาย|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.)\s*', '');

-- Whether a household is what was typed: its code, its moo and place with or without a house number, its number, or its head's
-- name, each as far as the reader may see it. `in_place` says whether village or subdistrict are called so.
create macro is_typed(r, t, ref, village_code, in_place, house_no, head) as
  t = '' or (searched_code(t) <> '' and starts_with(ref, searched_code(t)))
  or ((searched_moo(t) is not null or searched_place(t) <> '')
      and (searched_moo(t) is null or try_cast(village_code[7:8] as int) = searched_moo(t))
      and (searched_place(t) = '' or in_place)
      and (searched_house(t) = '' or (r['address'] and starts_with(house_no, searched_house(t)))))
  or (r['address'] and searched_house(t) <> '' and searched_moo(t) is null and searched_place(t) = ''
      and starts_with(house_no, searched_house(t)))
  or (r['name'] and contains(head, searched_name(t)));

-- Names written anywhere that sound like a word somebody typed; nothing for whoever may not see names.
create macro sounding_like(r, spoken) as table
select name from warehouse.name_sound where r['name'] and length(spoken) > 2 and sound = sound_of(spoken);

-- The chosen households that are what somebody typed, each with what it is ordered by: alike, worst, stillest, called, village,
-- house, address. `alike` are those whose head only sounds like it; they stand behind the others.
create macro matching_households(f, r, typed, by_what) as table
with named_so as (select code from warehouse.place where typed <> '' and (contains(name_th, searched_place(typed))
  or contains(lower(name_en), searched_place(typed)))),
one as materialized (from sounding_like(r, split_part(searched_name(typed), ' ', 1))),
two as materialized (from sounding_like(r, split_part(searched_name(typed), ' ', 2))),
found as not materialized (
  select home, ref, village_code, house_order(r, house_no) as house,
         case by_what when 'deprived' then -cast(deprived as int)
           when 'overdue' then -(coalesce(plan_overdue, 0) + steps_overdue) end as worst,
         case by_what when 'movement' then last_movement end as stillest,
         case when by_what = 'name' and r['name'] then concat_ws(' ', head_first_name, head_last_name) end as called,
         is_typed(r, typed, ref, village_code, village_code in (from named_so) or tambon_code in (from named_so),
           house_no, concat_ws(' ', head_first_name, head_last_name)) as exact,
         typed <> '' and if(split_part(searched_name(typed), ' ', 2) = '', head_first_name in (from one)
           or head_last_name in (from one), head_first_name in (from one) and head_last_name in (from two)) as heard
  from chosen_households(f, r))
select *, not exact as alike from found where exact or heard;

-- Where the household of an opaque address stands; null for an address that is none.
create macro home_of(of_household) as (select home from warehouse.address where ref = of_household);

-- The same of some addresses.
create macro homes_of(refs) as table select home from warehouse.address where ref in (select unnest(refs));

-- By what households of a village stand one after another: the number of the house, for those who may see it; then the address.
create macro house_order(r, house_no) as
  if(r['address'], coalesce(try_cast(regexp_extract(house_no, '^[0-9]{1,9}') as int), 0), 0);

-- The middle of the hexagon that holds a point, in degrees of Mercator. Middles lie on two grids of rectangles, w by h, the one
-- in the middles of the other: it is the nearer of both.
create macro nearest_of(x, y, w, h) as list_aggregate([
  {'d': (x - w * round(x / w)) ** 2 + (y - h * round(y / h)) ** 2, 'x': w * round(x / w), 'y': h * round(y / h)},
  {'d': (x - w * (floor(x / w) + 0.5)) ** 2 + (y - h * (floor(y / h) + 0.5)) ** 2,
   'x': w * (floor(x / w) + 0.5), 'y': h * (floor(y / h) + 0.5)}], 'min');
create macro mercator(lat) as degrees(ln(tan(radians(45 + lat / 2))));
create macro latitude_of(y) as degrees(2 * atan(exp(radians(y)))) - 90;

-- The hexagon of every place of a level that has a point, its middle in degrees.
create macro hexagons_of(l, size) as table
select code, hexagon['x'] as x, latitude_of(hexagon['y']) as y
from (select code, nearest_of(point_lon, mercator(point_lat), sqrt(3) * size, 3 * size) as hexagon
      from warehouse.shape where level = l);

create macro of_chosen(f, r) as table
select home, ref, tambon_code, village_code, as_of, certification, closed_date from chosen_households(f, r);

-- What is recorded of the chosen households and stands in no register: one row per entry. is_head: nothing recorded later takes
-- its place; forked: another one says something else of the same thing.
create macro chosen_records(f, r) as table
select {record}, ref, tambon_code, village_code, of_chosen.as_of, closed_date
from delta.record join of_chosen(f, r) of_chosen using (home);

-- Where an entry and the registers say different things of the chosen households: one row per household and field of a thing.
create macro chosen_disagreements(f, r) as table
select {disagreement}, ref, tambon_code, village_code from delta.disagreement join of_chosen(f, r) of_chosen using (home);

-- Families found that are in no register, of the reader's areas: proposals. One row per entry.
create macro visible_found(r) as table
select {found} from delta.found where is_in(r['areas'], village_code);

-- What is recorded of funds, debts, offices and forums and may go back to registers, of the reader's areas and of the places
-- chosen: one row per entry. An office's is of its district, as its own registers are.
create macro chosen_place_records(f, r) as table
select {place_record} from delta.place_record
where (is_in(r['areas'], code)
    or (length(code) = 4 and len(list_filter(r['areas'], lambda a: starts_with(a, code))) > 0))
  and (f['province'] is null or list_contains(f['province'], code[1:2]))
  and (f['district'] is null or list_contains(f['district'], code[1:4]))
  and (f['tambon'] is null or list_contains(f['tambon'], code[1:6])
    or list_contains(list_transform(f['tambon'], lambda c: c[1:4]), code))
  and (f['village'] is null or list_contains(f['village'], code)
    or list_contains(list_transform(f['village'], lambda c: c[1:4]), code));

-- Meetings of the reader's areas, their agendas, what they came to and what was corrected in their minutes: one row per
-- meeting,
-- item, outcome and correction. Whoever sees a part of a meeting's area sees of it what is said of his own households, no more.
create macro visible_meetings(r) as table
select {meeting} from delta.meeting where is_in(r['areas'], area);

create macro visible_agendas(r) as table
select {agenda} from delta.agenda where is_in(r['areas'], area);

create macro visible_outcomes(r) as table
select {outcome} from delta.outcome where is_in(r['areas'], area);

create macro visible_minutes_notes(r) as table
select {minutes_note} from delta.minutes_note where is_in(r['areas'], area);

-- The meeting before one: of the same area, the latest that was held and closed by then. No alias of a question may stand in
-- it: what is given takes the meaning of the nearest.
create macro meeting_before(r, of_meeting) as (
  select earlier.meeting from visible_meetings(r) earlier join visible_meetings(r) this_one
    on this_one.meeting = of_meeting and this_one.area = earlier.area
  where earlier.meeting <> this_one.meeting and earlier.state in ('closed', 'adopted') and earlier.held_on <= this_one.held_on
  order by earlier.held_on desc, earlier.recorded_at desc, earlier.meeting limit 1);

-- How far meetings are, by their ids: for whoever records, past every area, told to nobody.
create macro meeting_states_of(ids) as table
select meeting, area, state from delta.meeting where meeting in (select unnest(ids));

-- What meetings gave somebody to do: of the chosen households, and of the area where it is of none. One row per action.
create macro chosen_actions(f, r) as table
select {outcome}, of_chosen.ref as of_ref, tambon_code, village_code
from delta.outcome join of_chosen(f, r) of_chosen using (home) where outcome.outcome = 'action' and closed_date is null
union all
select {outcome}, '', if(length(area) = 6, area, ''), area
from delta.outcome
where outcome.outcome = 'action' and home is null and is_in(r['areas'], area)
  and (f['province'] is null or list_contains(f['province'], area[1:2]))
  and (f['district'] is null or list_contains(f['district'], area[1:4]))
  and (f['tambon'] is null or list_contains(f['tambon'], area)) and f['village'] is null;

-- Who answers for something, as the reader may see it: a list is grouped by it and asked for it, so it is masked before.
create macro owner_for(r, owner) as
  coalesce(if(r['text'], if(r['citizen_id'], owner, without_ids(owner)), mask_text(owner)), '');

-- What somebody owes the chosen households whose case is open: items of their plans that are not done, steps begun or due,
-- what is still short, and what a meeting gave somebody to do. One row per item, step,
-- need and action of a meeting; thing is its
-- name to whoever records something of it. An action of no household has its area in place of a village.
create macro chosen_promises(f, r) as table
select home, ref, village_code, tambon_code, as_of, 'plan' as kind, thing, aspect, activity, null as template,
       null::int as step, null as item, null::double as short, null as unit, owner_for(r, owner) as owner, due_date, overdue,
       status, reply, entry, recorded_by, recorded_at, null as meeting
from chosen_plan_items(f, r) where status <> 'done' and closed_date is null
union all
select home, ref, village_code, tambon_code, as_of, 'step', thing, null, null, template, step, null, null, null,
       owner_for(r, owner), due_date, overdue, state, null, entry, recorded_by, recorded_at, null
from chosen_case_steps(f, r)
where finished_date is null and coalesce(started_date, due_date) is not null and closed_date is null
union all
select n.home, n.ref, n.village_code, n.tambon_code, n.as_of, 'need', concat('need/', n.item, '/', n.unit), null, null, null,
       null, n.item, n.quantity - coalesce(g.given, 0), n.unit, '', null, false, null, null, n.entry, n.recorded_by,
       n.recorded_at, null
from chosen_needs(f, r) n
left join (select home, item, unit, sum(quantity) as given from chosen_contributions(f, r) group by all) g
  using (home, item, unit)
where n.quantity > coalesce(g.given, 0) and n.closed_date is null
union all
select home, of_ref, village_code, tambon_code, as_of, 'action', thing, null, told, null, null, null, null, null,
       owner_for(r, owner), due_date, coalesce(due_date < as_of, false), status, reply, coalesce(status_entry, entry),
       recorded_by, recorded_at, meeting
from chosen_actions(f, r) where status <> 'done';

-- Within how many days of the date of the data something is due: late, 7, 15, 30, later, or none where nobody said when.
create macro due_within(overdue, due_date, as_of) as case when due_date is null then 'none' when overdue then 'late'
  when due_date - as_of <= 7 then '7' when due_date - as_of <= 15 then '15' when due_date - as_of <= 30 then '30'
  else 'later' end;

-- The same as the work of a team: once for who owes it and once for the mentor of its household. `team` names it without its
-- words, for an address; by_whom is who owes it.
create macro work_of(f, r) as table
with owed as (from chosen_promises(f, r)),
mentored as (select home, owner_for(r, mentor) as mentor from chosen_households(f, r) where mentor <> '')
select *, left(sha256(owner), 12) as team, owner as by_whom from owed
union all by name
select owed.* replace (mentor as owner), left(sha256(mentor), 12) as team, owed.owner as by_whom
from owed join mentored using (home) where mentor <> owed.owner;

-- Visits, gifts and items of the plans of the chosen households: one row each; `same` is one for those that may be one thing
-- told twice. An item that is in no register is called by the entry that made it.
create macro chosen_facts(f, r) as table
select ref, tambon_code, village_code, 'visit' as kind, visit_date as happened_on, finding as told, null as item,
       null::double as quantity, null as unit, checked_dimension, check_result, entry, unentered, recorded_by, recorded_at,
       concat_ws('/', 'visit', ref, visit_date, checked_dimension) as same
from chosen_visits(f, r)
union all
select ref, tambon_code, village_code, 'gift', given_date, null, item, quantity, unit, null, null, entry, unentered,
       recorded_by, recorded_at, concat_ws('/', 'gift', ref, given_date, item, unit, quantity)
from chosen_contributions(f, r)
union all
select ref, tambon_code, village_code, 'plan_new', updated_date, activity, null, null, null, null, null,
       if(entries is null and length(thing) = 41, thing[6:], null), unentered, recorded_by, recorded_at,
       concat_ws('/', 'plan', ref, aspect, activity)
from chosen_plan_items(f, r);

-- Who lives in the households of a list, as far as they are the reader's to see.
create macro people_of(homes, r) as table
select {person} from {person_now}
where home in (select home from visible_households(r) where home in (select unnest(homes)));

-- Pairs of persons of whom both are the reader's to see.
create macro visible_pairs(r) as table
select * from warehouse.duplicate
where is_in(r['areas'], village_code) and is_in(r['areas'], other_village_code);

create macro chosen_people(f, r) as table
select {person}, ref from {person_now} join of_chosen(f, r) using (home);

-- Published figures of the reader's areas (never finer than a subdistrict: the area of a village holds none), then of years and
-- places chosen. Whatever a role with coarse counts sees is a sum of these; no filter can reveal more than they do.
create macro visible_figures(r) as table
select * from warehouse.coarse
where is_in(r['areas'], tambon_code);

create macro chosen_figures(f, r) as table
select * from visible_figures(r)
where (f['year'] is null or list_contains(f['year'], register_year))
  and (f['province'] is null or list_contains(f['province'], province_code))
  and (f['district'] is null or list_contains(f['district'], district_code))
  and (f['tambon'] is null or list_contains(f['tambon'], tambon_code));

-- A sum of figures in words that hold for what was summed: nothing, fewer than the small cell, about a multiple of it.
create macro published(figure) as case when figure is null then null when figure = 0 then '0' when figure < small_cell()
  then concat('<', small_cell()) else concat('≈ ', cast(small_cell() * round(figure / small_cell()) as bigint)) end;

-- One row per combination of the five states (at most 243), with its households and people: what a register of any size
-- comes down to before a question looks at dimensions one by one.
create macro state_profiles(f, r) as table
select health, living, education, income, access, sum(households) as households, sum(people) as people
from chosen_tallies(f, r) group by all;

-- Whether a target household needs the committee's eye: something is overdue, it has no plan, or it is stalled. What its
-- district does not keep speaks for none of them.
create macro needs_attention(certification, "case", overdue, plan) as
  certification = 'certified' and "case" <> 'closed' and (coalesce(overdue, false) or plan = 'none' or "case" = 'stalled');

-- What each chosen household counts as, in words: every figure that says how many households are so and so is the number of
-- those that hold its word. One row per household (definitions/headlines.csv names those that are explained and listed).
create macro chosen_standings(f, r) as table
select home, ref, register_year, village_code, people, target_people, list_filter([
  'listed', if(verification = 'confirmed', 'verified', null), if(certification = 'proposed', 'proposed', null),
  if(certification = 'certified', 'certified', null), if(source = 'outside', 'outside', null),
  if(deprived > 0, 'any', null), if(health = 'deprived', 'health', null), if(living = 'deprived', 'living', null),
  if(education = 'deprived', 'education', null), if(income = 'deprived', 'income', null),
  if(access = 'deprived', 'access', null), if(people > 0, 'people', null), if(target_people > 0, 'target_people', null),
  if(certification = 'certified' and plan not in ('none', 'not_kept'), 'planned', null),
  if(certification = 'certified' and helped, 'helped', null),
  if(certification = 'certified' and "case" = 'closed', 'closed', null),
  if(certification = 'certified' and "case" <> 'closed', 'open', null),
  if(certification = 'certified' and overdue, 'overdue', null),
  if(certification = 'certified' and plan = 'none' and "case" <> 'closed', 'without_plan', null),
  if("case" = 'stalled', 'stalled', null)], lambda w: w is not null) as words,
  -- the parts of a bar: how it stands in each dimension, in how many it is deprived, and how far each aspect of its plan is
  list_concat([concat('health_', health), concat('living_', living), concat('education_', education),
    concat('income_', income), concat('access_', access), concat('lacks_', coalesce(cast(deprived as varchar), 'unknown')),
    concat('source_', source)], if(certification = 'certified', [concat('attitude_', plan_attitude),
    concat('skill_', plan_skill), concat('resource_', plan_resource), concat('way_out_', plan_way_out)], [])) as parts,
  -- of whom something is known or kept: what figures are a part of
  list_filter([if(people is not null, 'counted', null), if(target_people is not null, 'card_known', null),
    if(target_people is not null and listed_members > 0, 'people_known', null),
    if(health <> 'no_data', 'health_known', null), if(living <> 'no_data', 'living_known', null),
    if(education <> 'no_data', 'education_known', null), if(income <> 'no_data', 'income_known', null),
    if(access <> 'no_data', 'access_known', null),
    if(any_known(health, living, education, income, access), 'any_known', null),
    if(source <> 'unstated', 'source_known', null), if(verification_kept, 'verification_known', null),
    if(certification_kept, 'certification_known', null),
    if(certification = 'certified' and plan <> 'not_kept', 'plan_known', null),
    if(certification = 'certified' and helped is not null, 'help_known', null),
    if(certification = 'certified' and "case" <> 'closed' and plan <> 'not_kept', 'open_planned', null),
    if(certification = 'certified' and "case" <> 'closed' and overdue is not null, 'open_dated', null),
    if(certification = 'certified' and "case" not in ('closed', 'not_kept'), 'open_followed', null),
    if(certification = 'certified' and "case" <> 'closed' and template is null, 'no_steps', null)],
    lambda w: w is not null) as known, listed_members
from chosen_households(f, r);

-- What somebody is called in an address, where the name itself must not stand.
create macro called(t) as left(sha256(t), 12);

-- Of what kind the words of a figure are: their first one says it; "" is of households as they stand.
create macro kind_of(w) as
  if(string_split(w, '|')[1] in ('before', 'items', 'owed', 'work', 'short', 'follows'), string_split(w, '|')[1], '');
create macro has_words(had, w) as list_has_all(had, string_split(w, '|'));

-- How a household moved in one dimension since the year before; one without data in a year cannot be compared.
create macro moved_in(d, was, now) as concat(d, case when was = 'no_data' or now = 'no_data' then '_not_comparable'
  when was = now then '_as_before' when now = 'deprived' then '_worse' else '_better' end);

-- The chosen households that stand in the register of the year before, too, with how they moved; one row each.
create macro chosen_moves(f, r) as table
select now.home, now.ref, now.village_code, list_filter(['before',
    moved_in('health', was.health, now.health), moved_in('living', was.living, now.living),
    moved_in('education', was.education, now.education), moved_in('income', was.income, now.income),
    moved_in('access', was.access, now.access),
    if(any_known(now.health, now.living, now.education, now.income, now.access)
      and any_known(was.health, was.living, was.education, was.income, was.access), 'compared', null),
    if(any_known(now.health, now.living, now.education, now.income, now.access)
      and any_known(was.health, was.living, was.education, was.income, was.access)
      and (now.deprived > 0) <> (was.deprived > 0), 'changed', null)], lambda w: w is not null) as words,
  (now.deprived > 0)::int - (was.deprived > 0)::int as change
from chosen_households(f, r) now join visible_households(r) was
  on was.household_id = now.household_id and was.register_year = now.register_year - 1 and was.village_code is not null;

-- When something is due, for an address: passed, the month, or nobody said.
create macro due_word(overdue, due_date) as
  case when overdue then 'due_late' else coalesce(strftime(due_date, 'due_%Y_%m'), 'due_none') end;

-- What a figure counts: one row per household, or per thing of one, that counts as all words of `w`; `counted` is what it adds
-- to the figure: itself, its people, or by what the difference changed. What an area owes and no household has no home.
create macro counted_as(f, r, w) as table
select home, ref, village_code, target_people, cast(case when list_contains(string_split(w, '|'), 'people_known')
    then listed_members when list_contains(string_split(w, '|'), 'target_people') then target_people
    when list_contains(string_split(w, '|'), 'people') then people else 1 end as bigint) as counted
from chosen_standings(f, r)
where kind_of(w) = '' and (w = '' or has_words(list_concat(list_concat(words, parts), known), w))
union all
select home, ref, village_code, null, if(list_contains(string_split(w, '|'), 'changed'), change, 1)
from chosen_moves(f, r) where kind_of(w) = 'before' and has_words(words, w)
union all
select home, ref, village_code, null, 1 from chosen_plan_items(f, r)
where kind_of(w) = 'items' and has_words(['items', concat('items_', status), if(overdue, 'items_late', ''),
  concat('owner_', called(owner_for(r, owner)))], w)
union all
select home, nullif(ref, ''), village_code, null, 1 from chosen_promises(f, r)
where kind_of(w) = 'owed' and has_words(['owed', concat('owed_', kind), if(overdue, 'owed_late', ''),
  due_word(overdue, due_date), concat('at_', coalesce(village_code, '')), concat('owner_', called(owner))], w)
union all
select home, nullif(ref, ''), village_code, null, 1
from (select distinct on (home, kind, thing) * from work_of(f, r)
      where kind_of(w) = 'work' and (not contains(w, 'team_') or contains(w, concat('team_', team))))
where kind_of(w) = 'work' and has_words(['work', concat('work_', due_within(overdue, due_date, as_of)),
  if(contains(w, 'team_'), regexp_extract(w, 'team_[0-9a-f]+'), '')], w)
union all
select home, ref, village_code, null, 1
from (select distinct n.home, n.ref, n.village_code, called(concat(n.item, '/', n.unit)) as thing from chosen_needs(f, r) n
      left join (select home, item, unit, sum(quantity) as given from chosen_contributions(f, r) group by all) g
        using (home, item, unit)
      where kind_of(w) = 'short' and n.quantity > coalesce(g.given, 0))
where kind_of(w) = 'short' and has_words(['short', concat('short_', thing)], w)
union all
select home, ref, village_code, null, 1
from (select distinct home, ref, village_code, template from chosen_case_steps(f, r) where kind_of(w) = 'follows')
where kind_of(w) = 'follows' and has_words(['follows', concat('follows_', template)], w);

-- The households of a figure: one row each, what each adds to it; one row without a home for what none of them has.
create macro behind_figure(f, r, w) as table
select home, any_value(ref) as ref, any_value(village_code) as village_code, any_value(target_people) as target_people,
       cast(sum(counted) as bigint) as counted
from counted_as(f, r, w) group by home;

-- Whether a household has data in any dimension: no data is never "not poor".
create macro any_known(health, living, education, income, access) as
  not (health = 'no_data' and living = 'no_data' and education = 'no_data' and income = 'no_data' and access = 'no_data');

-- Five states as rows, for `unnest(…, recursive := true)`.
create macro by_dimension(health, living, education, income, access) as [
  {'dimension': 'health', 'state': health}, {'dimension': 'living', 'state': living},
  {'dimension': 'education', 'state': education}, {'dimension': 'income', 'state': income},
  {'dimension': 'access', 'state': access}];

-- Whether a source is a document that can be opened; "unconfirmed: …", "inferred from …" and whatever else somebody writes are
-- none.
create macro is_cited(source) as regexp_matches(source, '^(sources[.]md|design[.]md|KM Challenge)');
