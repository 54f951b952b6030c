"""The anonymous line: its pages for clients, its inbox for confidants."""
