"""Places and sets of places: codes, official geography, perimeters. Pure: reads no file."""
