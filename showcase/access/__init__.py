"""Access: who may come in, how often may be tried, and what is noted of it.

`throttling` locks out who guesses passwords, `second_factor` has the devices that people show as
well, `site` is the admin that asks for both. `audit` notes what happened, `admin` shows the
sign-ins, `limiting` is about visitors who search too much.
"""
