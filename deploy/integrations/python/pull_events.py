#!/usr/bin/env python3
"""Pulls the event feed into a file or to standard output, one JSON event a line, each exactly once over any number of runs.

Python 3.9 or later, standard library alone. Settings by environment or command line; the client's secret by environment or a file,
never on the command line, where others see it.

The place in the feed lies in a cursor file. It is written after the events of a batch are flushed to disk, to a new file that is
flushed and renamed over the old one, so a kill at any moment leaves either the old place or the new one. With --output, the file's
length at that place lies beside the cursor: what a killed run wrote behind it is cut off before the next run goes on.
"""

import argparse
import http.client
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

CURSOR_PATHS = {
    "": ("cursor",),
    "ecs": ("labels", "cursor"),
    "ocsf": ("unmapped", "cursor"),
    "asim": ("AdditionalFields", "cursor"),
}
LIMIT = 10_000
BATCH = 1_000
LONGEST_PAUSE = 60
TIMEOUT = 90


class FeedError(Exception):
    """The platform refused; its code says why."""

    def __init__(self, status, code, detail):
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code


class Client:
    """Requests with an access token (OAuth 2.0 client credentials), repeated where that is asked for or may help."""

    def __init__(self, base, client_id, secret):
        self.base = base.rstrip("/")
        self.client_id = client_id
        self.secret = secret
        self.token = None

    def open(self, path, accept):
        """An open answer. 401 fetches a new token once, 429 and 503 wait as long as told, broken connections wait longer each time."""
        pause = 1
        renewed = False
        while True:
            try:
                if self.token is None:
                    self.token = self._fetch_token()
                headers = {"Authorization": "Bearer " + self.token, "Accept": accept}
                return urllib.request.urlopen(urllib.request.Request(self.base + path, headers=headers), timeout=TIMEOUT)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code == 401 and not renewed:
                        self.token, renewed = None, True
                    elif error.code in (429, 502, 503, 504):
                        time.sleep(retry_after(error.headers, pause))
                    else:
                        raise problem(error) from None
            except (OSError, http.client.HTTPException) as error:
                log(f"no connection ({error}); trying again in {pause} s")
                time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _fetch_token(self):
        form = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.secret}
        request = urllib.request.Request(self.base + "/connect/token", urllib.parse.urlencode(form).encode())
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return json.load(answer)["access_token"]


class Place:
    """The cursor, and how long the output was when it was taken."""

    def __init__(self, path):
        self.path = path
        self.cursor = None
        self.length = None
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                kept = json.load(file)
            self.cursor, self.length = kept["cursor"], kept["length"]

    def keep(self, cursor, length):
        """Old or new, never half: written beside, flushed, renamed, and the folder flushed."""
        beside = self.path + ".new"
        with open(beside, "w", encoding="utf-8") as file:
            json.dump({"cursor": cursor, "length": length}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.path)
        if os.name == "posix":
            folder = os.open(os.path.dirname(os.path.abspath(self.path)), os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        self.cursor = cursor


class Output:
    """Where lines go: a file that is cut back to the kept place first, or standard output."""

    def __init__(self, path, length):
        self.file = sys.stdout.buffer if path is None else open(path, "ab")
        self.is_file = path is not None
        if self.is_file and length is not None:
            self.file.truncate(length)
        self.length = self.file.seek(0, os.SEEK_END) if self.is_file else 0

    def write(self, lines):
        """Returns when the lines are safe."""
        self.file.writelines(lines)
        self.file.flush()
        if self.is_file:
            os.fsync(self.file.fileno())
            self.length = self.file.tell()


def retry_after(headers, pause):
    text = headers.get("Retry-After", "")
    return int(text) if text.isdigit() else pause


def problem(error):
    """Problem details (RFC 9457), or what can be made of anything else."""
    try:
        body = json.loads(error.read())
        return FeedError(error.code, body.get("code") or body.get("error", "UNKNOWN"), body.get("detail") or body.get("error_description", ""))
    except (ValueError, AttributeError):
        return FeedError(error.code, "UNKNOWN", error.reason)


def cursor_of(line, path):
    value = json.loads(line)
    for name in path:
        value = value[name]
    return value


def pull(client, place, output, options):
    """One answer, as far as it comes; a line cut in the middle is left for the next. Returns whether the place has moved."""
    query = [("limit", str(LIMIT))]
    query += [("wait", str(options.wait))] if options.wait else []
    query += [("format", options.format)] if options.format else []
    query += [("kind", kind) for kind in options.kind] + [("verdict", verdict) for verdict in options.verdict]
    query += [("tenant", options.tenant)] if options.tenant else []
    query += [("after", place.cursor)] if place.cursor else []
    path = CURSOR_PATHS[options.format]
    before = place.cursor
    with client.open("/v1/events?" + urllib.parse.urlencode(query), "application/x-ndjson") as answer:
        batch = []
        try:
            for line in answer:
                if not line.endswith(b"\n"):
                    raise ConnectionError("half a line")
                batch.append(line)
                if len(batch) == BATCH:
                    keep(batch, place, output, path)
            keep(batch, place, output, path)
            # Behind the last event, and behind what a filter passed over.
            after = answer.headers["X-Next-Cursor"]
            if after != place.cursor:
                place.keep(after, output.length)
        except (OSError, http.client.HTTPException) as error:
            log(f"the answer was cut ({error}); going on behind the last whole line")
            keep(batch, place, output, path)
    return place.cursor != before


def keep(batch, place, output, path):
    """The events first, the place after: whoever is killed between them has events twice in the output's tail, which is cut off."""
    if batch:
        output.write(batch)
        place.keep(cursor_of(batch[-1], path), output.length)
        batch.clear()


def log(text):
    print(text, file=sys.stderr, flush=True)


def secret_of(options):
    if options.secret_file:
        with open(options.secret_file, encoding="utf-8") as file:
            return file.read().strip()
    return os.environ.get("PLATFORM_CLIENT_SECRET", "")


def parse(arguments):
    env = os.environ.get
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default=env("PLATFORM_URL"), help="https://mail.example.com")
    parser.add_argument("--client-id", default=env("PLATFORM_CLIENT_ID"))
    parser.add_argument("--secret-file", default=env("PLATFORM_CLIENT_SECRET_FILE"), help="else PLATFORM_CLIENT_SECRET")
    parser.add_argument("--cursor-file", default=env("PLATFORM_CURSOR_FILE", "events.cursor"))
    parser.add_argument("--output", default=env("PLATFORM_OUTPUT"), help="file to append to; else standard output")
    parser.add_argument("--format", default=env("PLATFORM_FORMAT", ""), choices=sorted(CURSOR_PATHS))
    parser.add_argument("--tenant", default=env("PLATFORM_TENANT"), help="of an MSP's client: one tenant's feed")
    parser.add_argument("--kind", action="append", default=[], help="delivery.quarantined; may be repeated")
    parser.add_argument("--verdict", action="append", default=[], help="phishing; may be repeated")
    parser.add_argument("--wait", type=int, default=30, help="seconds to wait for the next event, at most 30")
    parser.add_argument("--once", action="store_true", help="end at the end of the feed")
    options = parser.parse_args(arguments)
    if not options.url or not options.client_id:
        parser.error("--url and --client-id are needed, or PLATFORM_URL and PLATFORM_CLIENT_ID")
    if options.once:
        options.wait = 0
    return options


def main(arguments=None, sink=None):
    """sink: where batches go instead of a file; it has write(lines), which returns when they are safe, and length."""
    options = parse(arguments)
    secret = secret_of(options)
    if not secret:
        log("the client's secret is needed: PLATFORM_CLIENT_SECRET or --secret-file")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    client = Client(options.url, options.client_id, secret)
    place = Place(options.cursor_file)
    output = sink or Output(options.output, place.length)
    while True:
        try:
            moved = pull(client, place, output, options)
        except FeedError as error:
            # Nothing is begun anew by itself: a gap is for a person to know of.
            log(str(error))
            return 3 if error.code.startswith("CURSOR_") else 1
        except KeyboardInterrupt:
            return 0
        if options.once and not moved:
            return 0


if __name__ == "__main__":
    sys.exit(main())
