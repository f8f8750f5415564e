"""How long the site takes, on made-up catalogues. These are no tests: the machine counts too."""
