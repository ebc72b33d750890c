"""The thread of one gathering, chapter by chapter; ``test_thread.py`` walks them in order."""
