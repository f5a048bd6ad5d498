"""One file per step; each is frozen the day it ships."""
