"""What a comité de pilotage looks at, in one click: slides for every office, and their print."""
