-- One row per household per register year: where it is, what it lacks and why, how far its plan and its case are. Rows lie
-- village by village, so that a question about a place reads that part of the file and no other.
-- Reads: as_of, checklist, contribution_10_kept, member_count, misplaced, movement, plan_state, tagged
-- Writes: out.household
create table out.household as
select h.* exclude (row_id, sheet_no, faults, village_name, tambon_name, district_name, province_name, {flags})
         replace (if(row_id in (from misplaced), null, latitude) as latitude,
           if(row_id in (from misplaced), null, longitude) as longitude),
       keyed_address(concat(h.register_year, '/', h.household_id)) as ref,
       h.village_code[1:6] as tambon_code, h.village_code[1:4] as district_code, h.village_code[1:2] as province_code,
       cast(h.village_code[7:8] as utinyint) as village_moo,
       cast({deprived} as utinyint) as deprived,
       target_people({deprived}, m.validated_cards) as target_people,
       m.listed_members, coalesce(h.members, m.listed_members) as people,
       {aspects},
       coalesce(p.plan, 'none') as plan, coalesce(p.plan_aspects, 0) as plan_aspects, coalesce(p.plan_items, 0) as plan_items,
       coalesce(p.plan_done, 0) as plan_done, coalesce(p.plan_overdue, 0) as plan_overdue,
       c.template, c.steps, c.steps_done, c.steps_current, coalesce(c.steps_overdue, 0) as steps_overdue,
       as_of.as_of, v.last_movement, as_of.as_of - v.last_movement as days_still,
       coalesce(p.plan_overdue, 0) + coalesce(c.steps_overdue, 0) > 0 and h.closed_date is null as overdue,
       coalesce(p.plan_done, 0) > 0 or g.household_id is not null as helped,
       case when h.certification is distinct from 'certified' then 'none'
            when h.closed_date is not null then 'closed'
            when as_of.as_of - v.last_movement > {stalled_after} or (as_of.as_of is not null and v.last_movement is null)
              then 'stalled'
            else 'in_progress' end as "case"{masked}
from tagged h
left join member_count m using (register_year, household_id)
left join plan_state p using (register_year, household_id)
left join checklist c using (register_year, household_id)
left join movement v using (register_year, household_id)
left join (select distinct register_year, household_id from contribution_10_kept) g using (register_year, household_id)
left join as_of on as_of.register_year = h.register_year and as_of.district_code = h.village_code[1:4]{names}
order by h.village_code, h.household_id, h.register_year;
