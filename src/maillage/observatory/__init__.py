"""Questions on territories, asked alike by the command line, the site and notebooks."""
