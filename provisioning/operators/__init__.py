"""The operators' console at the apex: regions, queues, failed jobs, visits, the province's view."""
