"""Markdown with everything in it that a text of the catalogue may have."""

PROSE = """
The tide **turns** when the *moon* says so, says [the manual](https://example.org/), in `tide.toml`.

#### A heading in a text

1. Read the gauge.
2. Wait:
    - for the moon,
    - for the sun.

> Time and tide wait for no man.

Ebb
: When the water falls.

Flood
: When it rises.[^spring]

[^spring]: Twice a month higher than usual.
"""

CODE = """
```console
$ tide --gauge harbour
Low water at 4:17, and a line so long that on a narrow page it has to scroll inside its own box
```

```rust
/// Returns the height of the water.
fn height(gauge: &Gauge) -> Option<f64> {
    gauge.read("now").map(|text| text.len() as f64 * 0.3048)
}
```
"""

TABLE = """
| Gauge | Low water | High water | What the harbour master says |
| ----- | --------: | ---------: | ---------------------------- |
| North | 4:17 | 10:29 | Comes late when the wind blows from the land for more than a day. |
| South | 4:31 | 10:44 | |
"""

ADMONITIONS = """
!!! note
    The moon is not asked.

!!! tip
    Read two gauges.

!!! warning
    The lowest water is not at the lowest gauge.

!!! danger
    Do not sail by this page.
"""
