"""`python -m benchmarks [--quick]`: every benchmark, one table each, and the machine they ran on."""

import argparse
import os
import platform
from importlib.metadata import version

from benchmarks import (
    apart,
    assignment,
    bench,
    bench_page,
    candidates,
    communities,
    fair,
    generalised,
    memory,
    packages,
    pages,
    peers,
    reach,
    removals,
    repairs,
    shortfalls,
    shortlist,
    snapshots,
    starts,
    updates,
    writers,
)

BENCHMARKS = (
    snapshots,
    shortlist,
    bench,
    bench_page,
    candidates,
    assignment,
    packages,
    fair,
    generalised,
    peers,
    repairs,
    shortfalls,
    reach,
    removals,
    communities,
    updates,
    pages,
    memory,
    writers,
    starts,
)
PEERS = ("numpy", "scipy", "igraph", "networkx", "rustworkx", "ortools")


def machine() -> str:
    """Processor, cores, system, Python and the versions of what is measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in PEERS)
    cores = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    return f"{cores}, {platform.python_implementation()} {platform.python_version()}, {versions}"


def main() -> None:
    """Run them one after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure against named peers.")
    parser.add_argument(
        "--quick", dest="sizes", action="store_const", const="QUICK", default="SIZES", help="small sizes only"
    )
    sizes = parser.parse_args().sizes
    print(f"{machine()}\nCPU seconds of one process; on a busy machine trust the ratios.")
    if sizes == "SIZES":
        apart.install_missing()
    for benchmark in BENCHMARKS:
        claim = (benchmark.__doc__ or "").partition("\n")[0]
        print(f"\n{benchmark.__name__}. {claim}")
        benchmark.report(getattr(benchmark, sizes))


if __name__ == "__main__":
    main()
