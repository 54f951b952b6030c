"""Conversations written as text: each file here is a test."""
