#!/usr/bin/env python3
"""Forwards the event feed to Splunk's HTTP Event Collector; the place in the feed moves on once the collector has taken a batch.

Needs pull_events.py beside it or in ../python. Settings are those of pull_events.py, and SPLUNK_HEC_URL (https://splunk:8088),
SPLUNK_HEC_TOKEN, SPLUNK_INDEX (optional).
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "python"))
import pull_events  # noqa: E402

SOURCETYPE = "platform:event"
LONGEST_PAUSE = 60


class Collector:
    """Batches as the collector's event endpoint takes them: JSON objects one behind the other."""

    length = 0

    def __init__(self, url, token, index):
        self.url = url.rstrip("/") + "/services/collector/event"
        self.headers = {"Authorization": "Splunk " + token, "Content-Type": "application/json"}
        self.index = index

    def write(self, lines):
        body = b"\n".join(self._wrapped(line) for line in lines)
        pause = 1
        while True:
            try:
                with urllib.request.urlopen(urllib.request.Request(self.url, body, self.headers), timeout=60):
                    return
            except urllib.error.HTTPError as error:
                with error:
                    # 503 is a full queue; whatever else is refused will be refused again.
                    if error.code not in (429, 500, 502, 503, 504):
                        raise SystemExit(f"the collector refuses: {error.code} {error.read().decode(errors='replace')}") from None
            except OSError as error:
                pull_events.log(f"no connection to the collector ({error}); trying again in {pause} s")
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _wrapped(self, line):
        event = json.loads(line)
        recorded = datetime.fromisoformat(event["occurredAt"].replace("Z", "+00:00"))
        wrapped = {"time": recorded.timestamp(), "sourcetype": SOURCETYPE, "source": "platform", "event": event}
        if self.index:
            wrapped["index"] = self.index
        return json.dumps(wrapped, ensure_ascii=False).encode()


def main():
    env = os.environ
    missing = [name for name in ("SPLUNK_HEC_URL", "SPLUNK_HEC_TOKEN") if not env.get(name)]
    if missing:
        pull_events.log(f"{' and '.join(missing)} must be set")
        return 2
    return pull_events.main(sink=Collector(env["SPLUNK_HEC_URL"], env["SPLUNK_HEC_TOKEN"], env.get("SPLUNK_INDEX")))


if __name__ == "__main__":
    sys.exit(main())
