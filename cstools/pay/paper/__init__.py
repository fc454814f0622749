"""What pay prints: the register, and strips for everybody."""
