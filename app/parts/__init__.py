"""Parts that the pages share: data, address of a view, picture, evidence."""
