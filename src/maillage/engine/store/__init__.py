"""How the values of an edition lie on disk: each module writes one kind and reads it back."""
