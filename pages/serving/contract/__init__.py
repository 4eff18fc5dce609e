"""What makes a charter a contract: signing, and links with which others read it."""
