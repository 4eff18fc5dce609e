"""What can be asked of the workbench in a terminal. No Streamlit here."""
