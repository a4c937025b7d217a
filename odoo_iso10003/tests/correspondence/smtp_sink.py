# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A mail server that takes mails, or hangs up while it does."""

import email
import email.policy
import socketserver
from threading import Thread


class Sink(socketserver.ThreadingTCPServer):
    """It speaks as much SMTP as a mail needs, and keeps what it took."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.taken = []  # [(address, message)]
        self.hangs_up = None  # "before" or "after" it took the mail
        self.strike = lambda: None  # what happens as it hangs up
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def stop(self):
        self.shutdown()
        self.server_close()


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        people = []
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word.startswith(b"EHLO"):
                self._say("250-sink\r\n250 SMTPUTF8")
            elif word.startswith(b"RCPT TO:"):
                people.append(line.decode().split("<")[1].split(">")[0])
                self._say("250 ok")
            elif word == b"DATA":
                if self.server.hangs_up == "before":
                    return self.server.strike()
                self._say("354 go on")
                self._take(people)
                if self.server.hangs_up == "after":
                    return self.server.strike()
                self._say("250 taken")
                people = []
            elif word == b"QUIT":
                self._say("221 bye")
                return None
            else:
                self._say("250 ok")
        return None

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def _take(self, people):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.taken += [(person, message) for person in people]
