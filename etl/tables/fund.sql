-- The women's fund on every day: what is owed changes on the days of its repayments and on the day after an instalment was due.
-- Reads: out.fund_check, out.fund_due, out.fund_instalment, out.fund_project, out.fund_repayment
-- Writes: out.fund_due, out.fund_standing
-- One row per instalment of a revolving loan: `up_to` is what is to be repaid by it, the earliest first. A grant is never due,
-- whatever its rows say.
create table out.fund_due as
select i.village_code, fiscal_year, project_no, i.instalment_no, i.instalment_due, i.instalment_amount,
       sum(i.instalment_amount) over (
         partition by fiscal_year, project_no order by i.instalment_due, i.instalment_no) as up_to
from out.fund_instalment i join out.fund_project p using (fiscal_year, project_no) where p.fund_kind = 'revolving';

-- One row per project and period (from_day to upto_day) in which nothing changes: what was paid by then,
-- what is outstanding and late, and what falls due next. An instalment is late from the day after it was due. told_on is the
-- latest day of which the registers of the project tell anything.
create table out.fund_standing as
with paid as (
  select fiscal_year, project_no, paid_date as from_day,
         sum(sum(paid_amount)) over (partition by fiscal_year, project_no order by paid_date) as paid
  from out.fund_repayment group by fiscal_year, project_no, paid_date),
turn as (
  select fiscal_year, project_no, date '0001-01-01' as from_day from out.fund_project
  union select fiscal_year, project_no, from_day from paid
  union select fiscal_year, project_no, instalment_due + 1 from out.fund_due),
period as (
  select t.*, coalesce(paid, 0) as paid, p.from_day as last_paid,
         lead(t.from_day - 1, 1, date '9999-12-31') over (partition by fiscal_year, project_no order by t.from_day) as upto_day
  from turn t asof left join paid p using (fiscal_year, project_no, from_day)),
owed as (
  select t.fiscal_year, t.project_no, t.from_day, d.instalment_no, d.instalment_due, d.instalment_amount,
         greatest(0, least(d.instalment_amount, d.up_to - t.paid)) as still_owed,
         still_owed > 0 and d.instalment_due < t.from_day as is_late
  from period t join out.fund_due d using (fiscal_year, project_no)),
owing as (
  select fiscal_year, project_no, from_day, sum(still_owed) filter (is_late) as late, sum(instalment_amount) as planned,
         min(instalment_due) filter (still_owed > 0 and not is_late) as next_due,
         arg_min(still_owed, (instalment_due, instalment_no)) filter (still_owed > 0 and not is_late) as next_amount
  from owed group by all),
told as (
  select fiscal_year, project_no, max(happened) as told_on from (
    select fiscal_year, project_no, received_date as happened from out.fund_project
    union all select fiscal_year, project_no, paid_date from out.fund_repayment
    union all select fiscal_year, project_no, checked_date from out.fund_check) group by all)
select p.village_code, fiscal_year, project_no, p.group_name, p.fund_kind, p.approved_amount, p.received_date, told.told_on,
       t.from_day, t.upto_day, if(p.fund_kind = 'grant', null, t.paid) as paid, t.last_paid,
       if(p.fund_kind = 'grant', null, greatest(0, p.approved_amount - t.paid)) as outstanding,
       if(p.fund_kind = 'grant', null, coalesce(o.late, 0)) as late, o.next_due, o.next_amount, o.planned
from period t join out.fund_project p using (fiscal_year, project_no) join told using (fiscal_year, project_no)
left join owing o on o.fiscal_year = t.fiscal_year and o.project_no = t.project_no and o.from_day = t.from_day
order by p.village_code, fiscal_year, project_no, t.from_day;
