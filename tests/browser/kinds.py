"""Every kind of page of the committed catalogue: an address, and the status if it is not 200."""

KINDS = {
    "home": "/",
    "projects": "/projects/",
    "projects-narrowed": "/projects/?q=virtual+machines&tag=testing&-language=rust&sort=name",
    "projects-unknown": "/projects/?tag=kubernets",
    "project": "/projects/virter/",
    "project-upstream": "/projects/libbpf-rs-empty-unions/",
    "products": "/products/",
    "product": "/products/linstor/",
    "upstreams": "/upstream/",
    "upstream": "/upstream/libbpf-rs/",
    "tags": "/tags/",
    "tag": "/tags/testing/",
    "collections": "/collections/",
    "collection": "/collections/virtual-machines-and-testing/",
    "people": "/people/",
    "person": "/people/roland-kammerer/",
    "changelog": "/changelog/",
    "changelog-year": "/changelog/2023/",
    "releases": "/releases/",
    "about": "/about/",
    "prose": "/about/giving-back/",
    "feeds": "/feeds/",
    "not-found": "/projects/vitrer/",
    "bad-request": "/projects/?" + "a&" * 1001,
}
STATUSES = {"not-found": 404, "bad-request": 400}
