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

-- Where the household of an opaque address stands; null for an address that is none.
create macro home_of(of_household) as (select home from warehouse.address where ref = of_household);

-- The same of some addresses.
create macro homes_of(refs) as table select home from warehouse.address where ref in (select unnest(refs));

-- Where they stand in their register, their head, the items of its plan, also by the ids of entries that their rows carry: for
-- whoever records, past every area, told to nobody.
create macro located_of(refs) as table
select h.ref, h.register_year, h.household_id, h.village_code, concat_ws(' ', h.head_first_name, h.head_last_name) as head,
       (select list_concat(list(concat('plan/', item_no)), flatten(list(
          list_transform(string_split(entries, ' '), lambda e: concat('plan/', e))) filter (entries is not null)))
        from warehouse.plan_item where home = h.rowid) as things
from warehouse.household h where h.rowid in (from homes_of(refs));

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

-- Who answers for something, as the reader may see it: a list is grouped by it and asked for it, so it is masked before.
create macro owner_for(r, owner) as
  coalesce(if(r['text'], if(r['citizen_id'], owner, without_ids(owner)), mask_text(owner)), '');

-- What somebody owes the chosen households whose case is open: items of their plans that are not done, steps begun or due, and
-- what is still short. One row per item, step and need; thing is its name to whoever records something of it.
create macro chosen_promises(f, r) as table
select home, ref, village_code, tambon_code, as_of, 'plan' as kind, thing, aspect, activity, null as template,
       null::int as step, null as item, null::double as short, null as unit, owner_for(r, owner) as owner, due_date, overdue,
       status, reply, entry, recorded_by, recorded_at
from chosen_plan_items(f, r) where status <> 'done' and closed_date is null
union all
select home, ref, village_code, tambon_code, as_of, 'step', thing, null, null, template, step, null, null, null,
       owner_for(r, owner), due_date, overdue, state, null, entry, recorded_by, recorded_at
from chosen_case_steps(f, r)
where finished_date is null and coalesce(started_date, due_date) is not null and closed_date is null
union all
select n.home, n.ref, n.village_code, n.tambon_code, n.as_of, 'need', concat('need/', n.item, '/', n.unit), null, null, null,
       null, n.item, n.quantity - coalesce(g.given, 0), n.unit, '', null, false, null, null, n.entry, n.recorded_by,
       n.recorded_at
from chosen_needs(f, r) n
left join (select home, item, unit, sum(quantity) as given from chosen_contributions(f, r) group by all) g
  using (home, item, unit)
where n.quantity > coalesce(g.given, 0) and n.closed_date is null;

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
