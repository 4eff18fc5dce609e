"""Where workshops are kept: their moves, who is who in them, and agendas for later."""
