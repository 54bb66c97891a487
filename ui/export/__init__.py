"""Exports: report files, deferred downloads with receipts, and unmasked citizen IDs."""
