"""The words of the contract: what files, database, figures and pages call things. Imports nothing of ours."""
