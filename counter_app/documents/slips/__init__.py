"""One file per slip: which blocks it is made of, in which order, with which terms and signature lines."""
