"""Pictures and data files: one format a module, all made from one `Scene`."""
