"""People, the organisations they act for, and the roles that say what they may see and do."""
