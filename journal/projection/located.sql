-- Where the households of some addresses stand, who heads them and who else lives there, and by what names entries may call the
-- register's items, also by the ids of entries that their rows carry: one row per address; namesakes is how many heads of its
-- village and year have that name.
-- Reads: warehouse.address, warehouse.household, warehouse.person, warehouse.plan_item
with lives as materialized (
  select rowid as home, ref, register_year, household_id, village_code,
         nullif(trim(concat_ws(' ', head_first_name, head_last_name)), '') as head
  from warehouse.household where rowid in (select home from warehouse.address where ref in (select unnest($refs)))),
listed as materialized (
  select home, member_no, nullif(trim(concat_ws(' ', first_name, last_name)), '') as name
  from warehouse.person where home in (select home from lives)),
people as (
  select home, arg_min(name, member_no) filter (member_no = 1) as first, list(distinct name) as names
  from listed where name is not null group by home),
items as (
  select home, list_concat(list(concat('plan/', item_no)), flatten(list(
           list_transform(string_split(entries, ' '), lambda e: concat('plan/', e))) filter (entries is not null))) as things
  from warehouse.plan_item where home in (select home from lives) group by home),
heads as (
  select village_code, register_year, trim(concat_ws(' ', head_first_name, head_last_name)) as head, count(*) as namesakes
  from warehouse.household where village_code in (select village_code from lives) group by all)
select l.ref, l.register_year, l.household_id, l.village_code, coalesce(l.head, p.first) as head,
       coalesce(p.names, []) as others, coalesce(i.things, []) as things, coalesce(h.namesakes, 0) as namesakes
from lives l left join people p using (home) left join items i using (home)
left join heads h on h.village_code = l.village_code and h.register_year = l.register_year and h.head = l.head
