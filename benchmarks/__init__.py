"""What wirecopy reaches, measured: each module prints JSON."""
