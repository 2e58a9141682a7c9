"""How a whole system of territories holds together: who dominates, which links stand out."""
