"""What the product knows, as YAML cards checked and frozen on reading."""
