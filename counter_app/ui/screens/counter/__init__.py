"""The counter: a sale on the left, the questions in the middle, what will happen on the right."""
