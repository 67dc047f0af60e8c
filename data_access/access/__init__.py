"""Who may come in, and as whom: accounts of the identity provider, roles given to them, their logins."""
