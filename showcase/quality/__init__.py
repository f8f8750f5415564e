"""Next fixes: what would make the catalogue better, the most visible first.

`fixes` ranks them, `finding` finds them, `views` shows them in the admin; `manage.py
check_catalogue --fixes` lists them.
"""
