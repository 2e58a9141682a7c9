"""Who steers a contract: its committees, their meetings, what is put to them and decided there."""
