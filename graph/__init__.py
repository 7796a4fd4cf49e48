"""What is known, and what follows from it: records, dataset versions, stores, paths, exposure."""
