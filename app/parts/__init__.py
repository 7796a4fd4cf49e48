"""What the pages share: the data, the address of a view, the picture, the evidence."""
