"""What hangs by a thread: losses when somebody goes, legs nobody takes over, bridges that are missing."""
