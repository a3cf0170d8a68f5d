#!/usr/bin/env python3
"""Times every page of a room and its twin: `pages.py BASE [REPEATS [PROCESS]]`, BASE as `atalaya serve` prints it.

Each address is asked once (the first time), then REPEATS times more (20), one after the other over one connection. Lists are
asked for their first, middle and last page, in every order, under the most frequent and a rare value of each facet; the
search with frequent and rare words. Prints a Markdown table, the slowest last, in milliseconds, and ends with 1 if an answer
is no 200. With the number of the server's PROCESS the mean of its processor time is there too: on a machine that does other things as well it says more than the clock.
"""
import http.client
import json
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

FACETS = ["family", "kind", "told", "actor", "place", "country", "outlet", "state"]
LEDGERS = ["commitments", "figures", "positions", "seizures", "allegations", "statements", "contested"]
PLAIN = ["/", "/overview.json", "/reports", "/actors", "/map", "/map.geojson", "/timeline", "/timeline.json", "/network", "/network.json",
         "/sources", "/decisions", "/search"]


class Site:
    def __init__(self, base):
        self.line = http.client.HTTPConnection(urlsplit(base).hostname, urlsplit(base).port, timeout=300)

    def get(self, path):
        """The answer's body, with how long it took, in milliseconds."""
        start = time.perf_counter()
        self.line.request("GET", path)
        answer = self.line.getresponse()
        body = answer.read()
        took = (time.perf_counter() - start) * 1000
        return answer.status, body, took

    def json(self, path):
        status, body, _ = self.get(path)
        assert status == 200, f"{path}: {status} {body[:200]}"
        return json.loads(body)


def addresses(site):
    """What is asked for, every address once."""
    yield from PLAIN
    yield from (f"/{ledger}{ending}" for ledger in LEDGERS for ending in ["", ".json"])
    counts = site.json("/overview.json")["counts"]
    yield from paged("/facts", counts["facts"], 50, ["newest", "oldest", "told", "credibility"])
    yield from paged("/reports", counts["reports"], 50, ["newest"])
    yield from paged("/actors", counts["actors"], 50, ["facts"])
    for ledger in LEDGERS[1:]:
        total = site.json(f"/{ledger}.json")["total"]["number"]
        yield from paged(f"/{ledger}", total, 50, ["newest"])
    facets = site.json("/facts.json")["facets"]
    for facet in FACETS:
        values = [value for value in facets if value["facet"] == facet]
        for value in values[:1] + values[-1:]:
            here = f"/facts?{facet}={quote(value['value'])}"
            last = max(value["count"] // 50, 1)
            yield from [here, f"{here}&sort=oldest", f"{here}&sort=told", f"{here}&page={last // 2 + 1}", f"{here}&page={last}"]
        if values:
            yield from (f"/{page}?{facet}={quote(values[0]['value'])}" for page in ["map", "map.geojson", "timeline.json", "network.json"])
    first = {facet: next((quote(v["value"]) for v in facets if v["facet"] == facet), "") for facet in FACETS}
    yield from ["/facts?contested=yes", "/facts?origins=2", "/facts?origins=5", "/facts?credibility=2", "/facts?from=2024-03&to=2024-03",
                "/facts?to=2022-02", "/facts?from=2025-06", "/facts?to=2022-02&sort=oldest",
                f"/facts?country={first['country']}&family=event&outlet={first['outlet']}", f"/facts?place={first['place']}&kind={first['kind']}&from=2024&origins=2",
                f"/reports?outlet={first['outlet']}", "/reports?undated=yes"]
    words = ["police", "said", "cocaine", "Guayaquil", "cocaine Guayaquil", "bakery", "Zenón", "nonesuch", "po", "a"]
    yield from (f"/{page}?q={quote(word)}" for page in ["search", "facts", "reports", "actors"] for word in words)
    yield from things(site)


def paged(path, total, size, orders):
    """The first, middle and last page of a list in each order."""
    last = max(-(-total // size), 1)
    for order in orders:
        yield from (f"{path}{ending}?sort={order}&page={page}" for page in sorted({1, last // 2 + 1, last}) for ending in ["", ".json"])


def things(site):
    """Single things: those of most claims, mentions, copies."""
    fact = site.json("/facts.json?sort=told")["facts"][0]["id"]
    yield from [f"/facts/{fact}", f"/facts/{fact}.json"]
    claim = site.json(f"/facts/{fact}.json")["tellings"][0]["claim"]["id"]
    report = site.json("/reports.json")["reports"][0]["id"]
    actor = site.json("/actors.json")["actors"][0]["id"]
    yield from [f"/claims/{claim}", f"/claims/{claim}.json", f"/reports/{report}", f"/reports/{report}.json", f"/reports/{report}/original",
                f"/actors/{actor}", f"/actors/{actor}.json", f"/timeline.json?actor={actor}", f"/network.json?actor={actor}"]
    origins = site.json("/sources.json")["origins"]
    if origins:
        one, other = (report["report"] for report in origins[0]["reports"][:2])
        yield f"/reports/{one}/diff/{other}"
    figure = site.json("/figures.json")["facts"]
    if figure:
        yield f"/figures/{figure[0]['id']}"


def worked(process):
    """How long a process and its threads have worked, in milliseconds."""
    if not process:
        return 0.0
    took = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        try:
            took += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
        except OSError:  # A thread that ends meanwhile.
            continue
    return took / 1e6


def main(base, repeats=20, process=None):
    site = Site(base)
    rows, wrong = [], []
    for path in dict.fromkeys(addresses(site)):
        status, body, first = site.get(path)
        if status != 200:
            wrong.append(f"{path}: {status} {body[:200]}")
            continue
        before = worked(process)
        times = sorted(site.get(path)[2] for _ in range(int(repeats)))
        work = (worked(process) - before) / len(times)
        rows.append((work if process else statistics.median(times), statistics.median(times), times[int(len(times) * 0.95) - 1], first, work, len(body) / 1024, path))
        print(f"{work:.1f} {rows[-1][1]:.1f} {path}", file=sys.stderr, flush=True)
    print("| address | processor | median | p95 | first | KiB |\n|---|---|---|---|---|---|")
    for _, median, late, first, work, size, path in sorted(rows):
        print(f"| `{path}` | {work:.1f} | {median:.1f} | {late:.1f} | {first:.1f} | {size:.0f} |")
    for name, at in [("processor time", 4), ("by the clock", 1)]:
        all_of = sorted(row[at] for row in rows)
        print(f"\n{len(rows)} addresses, {name}: median {statistics.median(all_of):.1f} ms, slowest {all_of[-1]:.1f} ms; "
              f"{sum(one > 100 for one in all_of)} above 100 ms")
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
