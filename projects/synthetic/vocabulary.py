"""The real words of a synthetic catalogue."""


def split(text: str) -> list[str]:
    return text.split()


FUNCTION_WORDS = split("""
the a of to and is in that it for with on as are be from by an or not can which this when at its if
one has there only no each other more them than into was what without every so they
""")

TECHNICAL = split("""
storage cluster driver network kernel container protocol replication library command parser
configuration terminal monitoring database snapshot image build test plugin virtual machine device
block volume cache index queue scheduler backup encryption certificate authentication logging
tracing metrics firewall routing proxy socket packet filesystem partition bootloader firmware
hypervisor migration failover quorum consensus heartbeat fencing replica mirror checksum
compression deduplication archive catalogue registry repository package release version dependency
compiler linker debugger profiler sanitizer fuzzing benchmark coverage fixture assertion mock
template renderer markdown documentation manual tutorial translation locale unicode encoding
decoder encoder tokenizer lexer grammar syntax formatter linter refactoring editor shell prompt
completion history session keyboard mouse display framebuffer graphics shader font layout widget
accessibility screen window notification clipboard printer scanner camera audio video codec stream
playlist broadcast multicast unicast gateway bridge switch router bandwidth latency throughput
congestion retransmission handshake tunnel vpn dns dhcp ntp snmp smtp imap ldap kerberos oauth
token password secret vault permission policy audit compliance sandbox namespace capability
isolation privilege escalation vulnerability patch advisory exploit mitigation signature
verification provenance attestation reproducible deterministic immutable transaction
isolation-level rollback commit branch merge rebase bisect blame review pipeline runner artifact
deployment orchestration kubernetes helm operator controller webhook sidecar ingress daemon
supervisor systemd cgroup process thread coroutine mutex semaphore deadlock allocator garbage
collector heap stack register interrupt syscall ioctl dma numa topology affinity power thermal
battery sensor serial modbus canbus bluetooth wireless antenna spectrum telemetry embedded
microcontroller realtime watchdog timer clock calendar timezone geometry mapping elevation tile
projection coordinate satellite weather simulation solver matrix tensor statistics histogram
regression clustering-analysis forecast anomaly sampling interpolation visualisation dashboard
chart report spreadsheet invoice ledger payment inventory barcode label shipping schema query
optimizer planner join aggregate vacuum sharding partitioning federation gossip membership
discovery election lease lock barrier journal writeahead compaction bloom trie hashtable skiplist
btree graph traversal search ranking stemming synonym spelling suggestion facet highlight crawler
scraper feed syndication sitemap robots captcha cookie header middleware framework adapter wrapper
binding interface endpoint client server request response timeout retry backoff throttle quota
limiter balancer healthcheck probe alert incident runbook postmortem capacity autoscaling
provisioning terraform ansible inventory-file playbook image-builder cloud-init hypercall node.js
c++ .net passthrough
""")

LANGUAGES = split("""
Python Go C Rust JavaScript C++ Shell Java TypeScript Ruby C# PHP Perl Lua Kotlin Haskell Elixir
Scala Swift Erlang OCaml Zig Nix R Julia F# Objective-C Assembly Tcl Fortran
""")

# The most frequent first.
LICENCES = split("""
MIT Apache-2.0 GPL-2.0-only GPL-3.0-or-later BSD-3-Clause GPL-2.0-or-later LGPL-2.1-or-later
MPL-2.0 BSD-2-Clause ISC AGPL-3.0-or-later LGPL-3.0-only EPL-2.0 CC0-1.0 Unlicense Zlib 0BSD MIT-0
CC-BY-4.0 CC-BY-SA-4.0 BSL-1.0 Artistic-2.0 EUPL-1.2 PostgreSQL OFL-1.1
""")

FIRST_NAMES = split("""
Ada Alan Barbara Björn Carla Chidi Chloé Daan Dennis Edith Élodie Emeka Fatima Frances Grace Guido
Hedy Hiro Ingrid Jan Jürgen Karen Ken Lars Linus Lucía Margaret Mei Moritz Nadia Niklaus Noor Olga
Padmasree Paweł Priya Radia Ravi René Rósa Sanjay Sofia Søren Tarik Tim Uwe Vint Whitfield Xiaoyun
Yukihiro Zoë
""")
