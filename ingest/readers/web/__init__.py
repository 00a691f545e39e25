"""Web pages: from their bytes to the lines of the article in them."""
