"""What a row is, and each rule about it, once."""
