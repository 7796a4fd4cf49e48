"""The two faces of Sightline: the web app and the command line."""
