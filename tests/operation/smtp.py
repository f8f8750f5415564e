"""A mail server on this machine, as small as one can be (RFC 5321)."""

import socketserver
from threading import Thread


class Conversation(socketserver.StreamRequestHandler):
    """Takes every mail."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self.say("354 go on")
                self.server.mails.append(self.mail())
            self.say("221 bye" if line == b"QUIT" else "250 fine")

    def mail(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines).decode()

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails = []

    def __enter__(self):
        Thread(target=self.serve_forever, args=(0.01,)).start()
        return self

    def __exit__(self, *problem):
        self.shutdown()
        self.server_close()
