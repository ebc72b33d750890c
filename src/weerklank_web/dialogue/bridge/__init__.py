"""What dialogue asks the library: the format, counts that may be shown, and what votes say."""
