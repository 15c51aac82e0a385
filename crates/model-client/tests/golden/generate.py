"""Answers of other implementations, for the tests in `tests/golden.rs` and `tests/server/wire.rs`.

    pip install json-repair==0.64.6 ollama==0.6.3
    python tests/golden/generate.py        # from the crate's folder; writes repaired, requests and replies.jsonl

- `repaired.jsonl`: what the Python package json-repair makes of each text in `loose.jsonl`.
- `requests.jsonl`: what Ollama's own Python client sends for a few calls, caught by a loopback server.
- `replies.jsonl`: what this client reads from each stream in `streams/`, served by that server.

`loose.jsonl` and `streams/` are written by hand, the streams after the shapes in the source of Ollama's server.
"""

import base64
import http.server
import importlib.metadata
import json
import pathlib
import threading

import json_repair
import ollama

HERE = pathlib.Path(__file__).parent
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC")
SCHEMA = {"type": "object", "properties": {"a": {"type": "number"}}, "required": ["a"]}
DETAILS = {"family": "f", "parameter_size": "1B", "quantization_level": "Q4_0"}


def write(name, tool, rows):
    """Writes rows as JSON Lines under two lines that name tool and command."""
    head = [f"# tool: Python {tool} {importlib.metadata.version(tool)}", "# command: python tests/golden/generate.py"]
    lines = head + [json.dumps(row, ensure_ascii=False) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n")


class Handler(http.server.BaseHTTPRequestHandler):
    """Notes each request and answers it with the server's `answer`."""

    def do_GET(self):
        self.do_POST()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.append((self.command, self.path, body))
        self.send_response(200)
        self.send_header("content-length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_):
        pass


def repaired():
    for line in (HERE / "loose.jsonl").read_text().splitlines():
        case = json.loads(line)
        value = json.dumps(json_repair.loads(case["text"]))
        yield {"name": case["name"], "value": json.loads(value, parse_constant=str)}  # NaN as the text "NaN"


def requests(server, client):
    def seen(name):
        method, path, body = server.seen.pop()
        return {"name": name, "method": method, "path": path, "body": json.loads(body) if body else None}

    server.answer = (HERE / "streams" / "plain.ndjson").read_bytes()
    options = {"temperature": 0.0, "seed": 0, "num_ctx": 8192}
    messages = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "né?"}]
    list(client.chat("m:1b", messages, stream=True, options=options))
    yield seen("plain")
    messages[1]["images"] = [PNG, PNG]
    options |= {"temperature": 0.5, "seed": 7, "num_predict": 64}
    list(client.chat("m:1b", messages, stream=True, options=options, format=SCHEMA, think=False, keep_alive="10m"))
    yield seen("everything")
    server.answer = json.dumps({"models": []}).encode()
    client.list()
    yield seen("tags")
    server.answer = json.dumps({"details": DETAILS, "capabilities": ["completion"], "model_info": {}}).encode()
    client.show("m:1b")
    yield seen("show")


def replies(server, client):
    for path in sorted((HERE / "streams").glob("*.ndjson")):
        server.answer = path.read_bytes()
        reply = {"name": path.stem, "content": "", "thinking": "", "done": False}
        try:
            for part in client.chat("m:1b", [{"role": "user", "content": "x"}], stream=True):
                if part.message is not None:
                    reply["content"] += part.message.content or ""
                    reply["thinking"] += part.message.thinking or ""
                reply["done"] = bool(part.done)
                reply["done_reason"] = part.done_reason
                reply["total_ns"] = part.total_duration
                reply["prompt_tokens"] = part.prompt_eval_count
                reply["output_tokens"] = part.eval_count
        except ollama.ResponseError as error:
            reply["error"] = error.error
        except Exception as error:
            reply["unreadable"] = type(error).__name__
        yield reply


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
server.seen, server.answer = [], b""
threading.Thread(target=server.serve_forever, daemon=True).start()
client = ollama.Client(f"http://127.0.0.1:{server.server_port}")
write("repaired.jsonl", "json-repair", repaired())
write("requests.jsonl", "ollama", requests(server, client))
write("replies.jsonl", "ollama", replies(server, client))
