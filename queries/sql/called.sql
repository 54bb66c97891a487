-- Who and what stands in the words of a figure without its name: one row per owner, and per thing that is short.
-- Tells: cases
-- Computes: word
-- Among those of the chosen households alone, and masked as they are in a list; of no words all.
with owners as (select owner_for($reader, owner) as owner from chosen_plan_items($filters, $reader)
  union select owner from chosen_promises($filters, $reader) union select owner from work_of($filters, $reader)),
called_so as (
  select concat('owner_', called(owner)) as word, owner, null as item, null as unit from owners
  union select concat('team_', called(owner)), owner, null, null from owners
  union select concat('short_', called(concat(item, '/', unit))), null, item, unit from chosen_needs($filters, $reader))
select word, owner, item, unit from called_so where $words = '' or list_contains(string_split($words, '|'), word) order by word
