"""Choropleth map: figures and classification, outline sets, and the browser component."""
