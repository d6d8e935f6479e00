"""One form, one noun: a draft in, one function of core.work or core.jobs called on saving."""
