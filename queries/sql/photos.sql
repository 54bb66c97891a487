-- Entries that show pictures, of the chosen households: one row each. $search: of one picture alone, by its digest.
-- Tells: cases
select ref, entry, photos from chosen_visits($filters, $reader)
where photos is not null and ($search = '' or list_contains(photos, $search))
union all
select ref, entry, photos from chosen_records($filters, $reader)
where photos is not null and ($search = '' or list_contains(photos, $search))
order by ref, entry
