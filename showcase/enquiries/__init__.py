"""Enquiries: what visitors write to those who run the site, and what becomes of it.

`views` takes the form, `forms` says what may be in it, `sending` how often and from where it may be
sent. `mailing` tells of it, `persons` takes along or forgets what somebody wrote, `admin` answers.
"""
