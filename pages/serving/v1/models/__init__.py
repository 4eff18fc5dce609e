"""What programs send and are told: models from which answers are made and the document of the API is written."""
