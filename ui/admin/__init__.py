"""For auditors and administrators: the audit log and the users file on screen."""
