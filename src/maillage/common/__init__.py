"""What every room may use: errors that tell the remedy, safe files, French text."""
