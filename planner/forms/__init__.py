"""What people type, kept as typed. Whether it is right is decided in one place: `activation.rules.interchange`."""
