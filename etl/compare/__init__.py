"""Two builds side by side: what a load would change, and what it may not."""
