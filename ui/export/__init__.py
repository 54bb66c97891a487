"""What leaves: reports, receipts, and full citizen IDs."""
