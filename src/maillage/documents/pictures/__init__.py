"""Maps and charts as files that stand alone: their title, their legend, their sources inside."""
