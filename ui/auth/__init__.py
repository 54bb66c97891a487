"""Authentication: settings, signed cookie, the gate before every request, sign-in pages, and who asks in this run."""
