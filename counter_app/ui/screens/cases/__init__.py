"""Cases: found again, seen whole, resumed, printed again, reversed."""
