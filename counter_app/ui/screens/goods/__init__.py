"""The goods screen: what lies where, claims, destruction, recalls, counts, gifts and deposits."""
