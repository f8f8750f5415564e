"""Whether the addresses that the catalogue states still lead somewhere.

`guard` says which addresses may be asked at all, `network` asks one of them once, `checking` makes
a finding of the answers, `running` asks many at a time and each host politely. `statements` knows
where the catalogue states an address, `models` what was found so far, `broken` puts both together.
"""
