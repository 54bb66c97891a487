"""Presentation helpers of pages: i18n, labels, charts, widgets."""
