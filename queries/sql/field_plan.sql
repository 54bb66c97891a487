-- The 4T plans of a reader's families, for the field page: one row per item.
-- Tells: cases
-- thing is what entries call an item: its number in the register, or the entry that began it.
select ref, thing, aspect, activity, owner, due_date, status, reply
from chosen_plan_items($filters, $reader) order by ref, aspect, item_no
