"""From nothing to a plan: the steps for somebody new, each as far as the data say it is done."""
