"""From official files to the values of an edition: recognise, check, read, give an account."""
