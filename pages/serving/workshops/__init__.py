"""Workshops for the pages in browsers: coming in, the room and what everybody hears of it, what it makes of the charter."""
