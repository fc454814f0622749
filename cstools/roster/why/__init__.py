"""Why a place stays empty and what would fill it; why there is no roster, and what would make one possible."""
