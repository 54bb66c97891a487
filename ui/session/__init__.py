"""The user of a script run: identity, page access, account menu and audit trail."""
