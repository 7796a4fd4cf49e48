"""The pages of the web app, one a module: each has a function `page`."""
