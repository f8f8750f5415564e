"""How long the site takes, on made-up catalogues. These are no tests: nothing can fail."""
