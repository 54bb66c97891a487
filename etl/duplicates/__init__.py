"""Persons who may be one."""
