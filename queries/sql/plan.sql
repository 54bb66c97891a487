-- The 4T plan of one household: one row per item.
-- Tells: cases
-- thing is the name of an item to whoever records something of it: its number in the register, or the entry that began it.
select item_no, aspect, activity, owner, due_date, status, updated_date, reply, overdue, entry, recorded_by, recorded_at, thing
from chosen_plan_items($filters, $reader) where home = home_of($household) order by aspect, item_no
