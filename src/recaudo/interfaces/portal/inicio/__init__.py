"""The first page: public for strangers, what is pending for employers."""
