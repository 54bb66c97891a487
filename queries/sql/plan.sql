-- The 4T plan of one household: one row per item.
-- Tells: cases
select item_no, aspect, activity, owner, due_date, status, updated_date, reply, overdue
from chosen_plan_items($filters, $reader) where home = home_of($household) order by aspect, item_no
