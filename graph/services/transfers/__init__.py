"""Who passed know-how to whom: transfers derived from engagements, in columns, as a viewer may see them."""
