-- Target households by subdistrict, by village where one subdistrict is chosen: the fifteen with most of them.
with {chosen},
sliced as (
  select iif(json_array_length(:tambon) = 1, village_code, tambon_code) as code,
         sum(iif(certification = 'certified', households, 0)) as target_households, sum(households) as households
  from chosen group by 1)
select sliced.*, name_th, count(*) over () as total from sliced left join place using (code)
where target_households > 0 order by target_households desc, code limit 15
