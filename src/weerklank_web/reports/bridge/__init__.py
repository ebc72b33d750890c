"""The only files of this app that call the library."""
