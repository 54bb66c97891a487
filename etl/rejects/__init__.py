"""Rejects: refused rows kept, given back as correction workbooks, and restored when they come back."""
