"""What each heading means, and each cell as a value of its column."""
