"""The promises of the monitor on security and reliability, each tried on the real thing: `make assure`."""
