-- What every canned question begins with: tallies of the filters chosen. A filter is a JSON list, [] keeps everything.
chosen as (
  select * from tally
  where village_code between :lowest and :highest
    and (:year = '[]' or register_year in (select value from json_each(:year)))
    and (:district = '[]' or district_code in (select value from json_each(:district)))
    and (:tambon = '[]' or tambon_code in (select value from json_each(:tambon)))
    and (:source = '[]' or source in (select value from json_each(:source)))
    and (:certification = '[]' or certification in (select value from json_each(:certification)))
    and (:dimension = '[]'
      or (health = 'deprived' and instr(:dimension, '"health"'))
      or (living = 'deprived' and instr(:dimension, '"living"'))
      or (education = 'deprived' and instr(:dimension, '"education"'))
      or (income = 'deprived' and instr(:dimension, '"income"'))
      or (access = 'deprived' and instr(:dimension, '"access"'))))
