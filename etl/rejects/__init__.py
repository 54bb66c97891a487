"""What was refused, kept and given back for correction."""
