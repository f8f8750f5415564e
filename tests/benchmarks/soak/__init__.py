"""Many visitors and an editor for some minutes: does every answer hold what was written before?

The editor writes in `editing`, the visitors read in `reading`, and `freshness` judges.
"""
