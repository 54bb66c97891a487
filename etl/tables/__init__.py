"""The warehouse's tables: tags, plans, cases, sums, and the account of what was kept and refused."""
