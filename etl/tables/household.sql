-- One row per household per register year: where it is, what it lacks and why, how far its plan and its case are. Rows lie
-- village by village, so that a question about a place reads that part of the file and no other. What its district does not
-- keep in that year is not_kept, or null: never none.
-- Reads: ahead, checklist, contribution_10_kept, keeping, member_count, misplaced, movement, out.as_of, plan_state, tagged
-- Writes: out.household
create table out.household as
select h.* exclude (as_of, row_id, sheet_no, faults, village_name, tambon_name, district_name, province_name, {flags})
         replace (coalesce(h.source, 'unstated') as source, if(row_id in (from misplaced), null, latitude) as latitude,
                  if(row_id in (from misplaced), null, longitude) as longitude),
       keyed_address(concat(h.register_year, '/', h.household_id)) as ref,
       h.village_code[1:6] as tambon_code, h.village_code[1:4] as district_code, h.village_code[1:2] as province_code,
       cast(h.village_code[7:8] as utinyint) as village_moo,
       cast({deprived} as utinyint) as deprived,
       target_people({deprived}, m.validated_cards) as target_people,
       m.listed_members, coalesce(h.members, m.listed_members) as people,
       {aspects},
       if(k.plans, coalesce(p.plan, 'none'), 'not_kept') as plan,
       if(k.plans, coalesce(p.plan_aspects, 0), null) as plan_aspects,
       if(k.plans, coalesce(p.plan_items, 0), null) as plan_items, if(k.plans, coalesce(p.plan_done, 0), null) as plan_done,
       if(k.plans, coalesce(p.plan_overdue, 0), null) as plan_overdue,
       c.template, c.steps, c.steps_done, c.steps_current, coalesce(c.steps_overdue, 0) as steps_overdue,
       h.as_of, v.last_movement, still_for(h.as_of, v.last_movement) as days_still,
       is_overdue(k.due, p.plan_overdue, c.steps_overdue, h.closed_date) as overdue,
       is_helped(k.help, p.plan_done, g.household_id is not null) as helped,
       coalesce(k.certification, false) as certification_kept, coalesce(k.verification, false) as verification_kept,
       case_state(h.certification, h.closed_date, k.followed, h.as_of, v.last_movement, {stalled_after}) as "case"{masked}
from (select t.*, coalesce(ahead.as_of, o.as_of) as as_of
      from tagged t left join ahead using (register_year, household_id)
      left join out.as_of o on o.register_year = t.register_year and o.district_code = t.village_code[1:4]) h
left join member_count m using (register_year, household_id)
left join plan_state p using (register_year, household_id)
left join checklist c using (register_year, household_id)
left join movement v using (register_year, household_id)
left join (select distinct register_year, household_id from contribution_10_kept) g using (register_year, household_id)
left join keeping k on k.register_year = h.register_year and k.district_code = h.village_code[1:4]{names}
order by h.village_code, h.household_id, h.register_year;
