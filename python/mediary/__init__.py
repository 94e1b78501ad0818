"""Mediary from Python."""
