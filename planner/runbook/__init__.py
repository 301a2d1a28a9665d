"""What to do for a plan, step by step: at each network in the right order, with commands that hold no secret."""
