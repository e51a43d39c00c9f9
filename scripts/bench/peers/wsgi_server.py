"""The Flask app of tests/interop/peers/b_http_server.py under another server than Flask's own.

    wsgi_server.py waitress|gunicorn KEY_FILE

Listens on a free port of 127.0.0.1 and prints where. Waitress has 16 threads, gunicorn two processes
of eight threads.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../tests/interop/peers"))
from b_http_server import make_app  # noqa: E402


def tell(port):
    print(json.dumps({"event": "listening", "url": f"http://127.0.0.1:{port}"}), flush=True)


def run_waitress(app):
    from waitress.server import create_server

    server = create_server(app, host="127.0.0.1", port=0, threads=16)
    tell(server.effective_port)
    server.run()


def run_gunicorn(app):
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            for name, value in {
                "bind": "127.0.0.1:0",
                "workers": 2,
                "threads": 8,
                "when_ready": lambda arbiter: tell(arbiter.LISTENERS[0].getsockname()[1]),
            }.items():
                self.cfg.set(name, value)

        def load(self):
            return app

    Server().run()


{"waitress": run_waitress, "gunicorn": run_gunicorn}[sys.argv[1]](make_app(sys.argv[2]))
