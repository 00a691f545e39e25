"""What people type into a search box: read clause by clause, leniently, and turned into the query tree."""
