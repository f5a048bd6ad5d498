"""One file per screen: how to bring it into the states worth looking at."""
