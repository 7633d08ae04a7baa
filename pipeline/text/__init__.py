"""Text to articles: cleaning, credits, language, dates of publication (pure)."""
