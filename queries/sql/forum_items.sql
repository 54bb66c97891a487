-- The items of a forum held on the screen, in order, with what was scored: one row per forum and item.
-- Tells: cases
-- Computes: forum, position, aspect, main, name_th, name_en, aspect_th, aspect_en, confirmed, score, hands
-- Years: fiscal
with held as (select forum, instrument from chosen_held_forums($filters, $reader) where $forum = '' or forum = $forum)
select forum, d.item, cast(d.position as int) as position, d.aspect, d.main, d.name_th, d.name_en, a.name_th as aspect_th,
       a.name_en as aspect_en, d.confidence in ('confirmed', 'seen') as confirmed, s.score, s.hands, s.entry, s.forked,
       s.recorded_by, s.recorded_at
from held join warehouse.definition.instrument_items d using (instrument)
left join warehouse.definition.instrument_aspects a on a.instrument = d.instrument and a.aspect = d.aspect
left join (select forum as of_forum, item, score, hands, entry, forked, recorded_by, recorded_at
           from chosen_held_scores($filters, $reader)) s on s.item = d.item and s.of_forum = held.forum
order by held.forum, position
