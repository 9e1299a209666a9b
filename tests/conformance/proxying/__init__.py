"""How other projects' validators are set up, in the terms of the gateway's rules."""
