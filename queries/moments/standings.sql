-- What each chosen household counts as in every headline: one row per household and headline, `number` is 1 or its people.
-- `refs` bounds it to some of them; null asks for all.
select ref, headline,
       case headline when 'people' then cast(people as int) when 'target_people' then cast(target_people as int) else 1 end
         as number
from (select ref, people, target_people, unnest(words) as headline from chosen_standings($filters, $reader)
      where $refs is null or ref in (select unnest($refs)))
where headline in (select unnest($headlines))
