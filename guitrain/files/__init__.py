"""What comes from outside and what goes out: reading CSV, writing files whole or not at all."""
