//! Placeholder tagline, replaced by its first commit.
