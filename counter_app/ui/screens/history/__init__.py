"""Archives of lost times: read back, searched, and what they tell of a case."""
