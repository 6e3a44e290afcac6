"""What its templates may say."""
