"""The operations of our contract, by subject. A module is one router; `app` mounts them all."""
