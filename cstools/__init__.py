"""cstools: the roster, the handover sheet and the pay of a customer-service team."""

__version__ = "0.1.0"
