"""The Linux packages: a .tar.gz to unpack anywhere, and a .deb."""
