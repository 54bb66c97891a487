-- What was done about the debts of village funds since the registers came, as rows of the register: one row per entry. Every
-- one counts, as every row of the register does.
-- Reads: meeting_standing, place_carried, place_numbered, warehouse.debt_fund
-- Writes: delta.debt_action
delete from delta.debt_action;

insert into delta.debt_action by name
select cast(thing[6:] as int) as fiscal_year, village as village_code, n.number as action_no, said_on as action_date,
       body->>'action_kind' as action_kind, cast(body->>'action_amount' as double) as action_amount,
       body->>'action_team' as action_team, body->>'action_result' as action_result, s.id as entry, who as recorded_by,
       received_at as recorded_at, s.id as unentered
from meeting_standing s join place_numbered n using (id) anti join place_carried using (id)
where kind = 'debt_step'
  and (cast(thing[6:] as int), village) in (select (fiscal_year, village_code) from warehouse.debt_fund);
