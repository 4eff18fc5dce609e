"""The whole database in one file, taken while people work: writing it, looking whether it is whole, and bringing it back."""
