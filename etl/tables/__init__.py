"""Make the warehouse's tables: tags, plans, cases, pre-aggregates, and the account of what was kept and refused."""
