#!/usr/bin/env python3
"""Many readers while reports are added: `readers.py BASE FOLDER [READERS] [PAUSE]`, BASE as `atalaya serve` prints it.

READERS connections (200) each ask for one page after the other, all of them again and again in an order of their own, and
rest for PAUSE seconds (0) in between, while the files of FOLDER are uploaded, 200 a request. It ends when all are added, or
after 20 minutes. Prints how long answers took, and ends with 1 if any was no 200.
"""
import asyncio
import json
import random
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

LOT = 200
LONGEST = 1200
PAGES = ["/", "/facts", "/facts?sort=told", "/facts?sort=oldest&page=3", "/facts?family=event", "/facts?q=police", "/reports", "/actors",
         "/map", "/map.geojson?family=event", "/timeline", "/timeline.json?family=event", "/network", "/commitments", "/figures",
         "/positions", "/seizures", "/allegations", "/statements", "/contested", "/sources", "/search?q=cocaine", "/overview.json"]


async def ask(line, head, body=b""):
    """One request over a connection that stays: the status and the answer's body."""
    reader, writer = line
    writer.write(head.encode() + b"\r\n\r\n" + body)
    await writer.drain()
    top = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = next(int(value) for name, _, value in (row.partition(":") for row in top.split("\r\n")) if name.lower() == "content-length")
    return int(top.split(" ", 2)[1]), await reader.readexactly(length)


async def read(place, pages, pause, times, wrong, done):
    line = await asyncio.open_connection(*place)
    chance = random.Random(id(line))
    while not done.is_set():
        path = chance.choice(pages)
        start = time.perf_counter()
        try:
            status, body = await ask(line, f"GET {path} HTTP/1.1\r\nhost: {place[0]}:{place[1]}")
            if status != 200:
                wrong.append(f"{path}: {status} {body[:100]}")
        except (OSError, asyncio.IncompleteReadError) as error:
            wrong.append(f"{path}: {error!r}")
            line = await asyncio.open_connection(*place)
        times.append((time.perf_counter() - start, path))
        await asyncio.sleep(pause)
    line[1].close()


async def add(place, files, wrong):
    """Uploads all files, a lot at a time, and gives how many were new."""
    line, added = await asyncio.open_connection(*place), 0
    for at in range(0, len(files), LOT):
        parts = [f'--cut\r\ncontent-disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'.encode() + file.read_bytes() + b"\r\n"
                 for file in files[at:at + LOT]]
        body = b"".join(parts) + b"--cut--\r\n"
        head = (f"POST /reports HTTP/1.1\r\nhost: {place[0]}:{place[1]}\r\norigin: http://{place[0]}:{place[1]}\r\naccept: application/json\r\n"
                f"content-type: multipart/form-data; boundary=cut\r\ncontent-length: {len(body)}")
        start = time.perf_counter()
        status, answer = await ask(line, head, body)
        if status != 200:
            wrong.append(f"POST /reports: {status} {answer[:200]}")
            break
        added += json.loads(answer)["added"]
        print(f"{added} added, this lot in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    line[1].close()
    return added


async def things(place):
    """Pages of single things, so that these are read too."""
    line = await asyncio.open_connection(*place)
    pages = []
    for name in ["facts", "reports", "actors"]:
        _, body = await ask(line, f"GET /{name}.json HTTP/1.1\r\nhost: {place[0]}:{place[1]}")
        pages += [f"/{name}/{one['id']}" for one in json.loads(body)[name][:3] if name != "facts"]
    line[1].close()
    return pages


async def main(base, folder, readers=200, pause=0):
    place = (urlsplit(base).hostname, urlsplit(base).port)
    files = sorted(file for file in Path(folder).rglob("*") if file.is_file())
    pages = PAGES + await things(place)
    times, wrong, done = [], [], asyncio.Event()
    reading = [asyncio.create_task(read(place, pages, float(pause), times, wrong, done)) for _ in range(int(readers))]
    start = time.perf_counter()
    added = 0
    try:
        added = await asyncio.wait_for(add(place, files, wrong), LONGEST)
    except asyncio.TimeoutError:
        wrong.append("not all was added in time")
    took = time.perf_counter() - start
    done.set()
    await asyncio.gather(*reading)
    told = sorted(time for time, _ in times)
    at = lambda share: told[min(int(len(told) * share), len(told) - 1)] * 1000
    print(f"{added} reports added in {took:.0f} s; {len(told)} pages read by {readers} readers, {len(told) / took:.0f} a second: "
          f"p50 {at(0.5):.0f} ms, p95 {at(0.95):.0f} ms, p99 {at(0.99):.0f} ms, slowest {told[-1] * 1000:.0f} ms; {len(wrong)} errors")
    print("\n".join(wrong[:20]), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    sys.exit(asyncio.run(main(*sys.argv[1:])))
