"""The event log and its projections in SQL. All SQL of the project is here."""
