-- Households, people and what needs the committee's eye: one row.
with {chosen}
select sum(households) as households, sum(people) as people, sum(target_people) as target_people,
       sum(card_known) as card_known, sum(iif(certification = 'certified', households, 0)) as target_households,
       sum(iif(certification = 'certified' and "case" = 'closed', households, 0)) as closed,
       sum(iif(certification = 'certified' and plan = 'none' and "case" <> 'closed', households, 0)) as without_plan,
       sum(iif(certification = 'certified' and overdue, households, 0)) as overdue,
       sum(iif("case" = 'stalled', households, 0)) as stalled
from chosen
