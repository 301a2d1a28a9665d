"""The planning rules: *catalogue + estate -> recommend -> plan*. Pure: standard library only, no clock, no I/O."""
