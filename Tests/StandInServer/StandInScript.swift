/// What the server does by the path that it is asked for.
///
/// - `/ok`, `/echo`: 200, with a word or what was sent.
/// - `/status/404`: that status. `/then/500,429:3,200`: one after the other, `:3` for Retry-After.
/// - `/redirect/3`: leads on three times. `/to/URL`: leads there.
/// - `/hang`: never answers. `/stall`: stops in the midst. `/cut`: ends in the midst.
/// - `/huge`: never ends. `/told-huge`: says so beforehand. `/many-headers`, `/nonsense`.
let standInScript = #"""
  import http.server, json, os, socket, ssl, sys, threading, urllib.parse

  lock = threading.Lock()
  counts = {}

  class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"

      def log_message(self, *_):
          pass

      def answer(self, status, body=b"", headers=()):
          self.send_response(status)
          for name, value in headers:
              self.send_header(name, value)
          self.send_header("Content-Length", str(len(body)))
          self.end_headers()
          if self.command != "HEAD":
              self.wfile.write(body)

      def wait_for_end(self):
          self.wfile.flush()
          try:
              while self.connection.recv(1024):
                  pass
          except OSError:
              pass
          self.close_connection = True

      def serve(self):
          body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
          line = json.dumps({
              "method": self.command, "path": self.path, "body": body[:4000].decode("utf-8", "replace"),
              "headers": {name.lower(): value for name, value in self.headers.items()},
              "port": self.client_address[1]})
          with lock:
              print(line, flush=True)
          name, _, rest = self.path.lstrip("/").partition("?")[0].partition("/")
          if name == "status":
              self.answer(int(rest), b"this is why\nand more")
          elif name == "then":
              with lock:
                  place = counts[self.path] = counts.get(self.path, -1) + 1
              steps = rest.split(",")
              status, _, pause = steps[min(place, len(steps) - 1)].partition(":")
              self.answer(int(status), b"", [("Retry-After", pause)] if pause else [])
          elif name == "redirect":
              left = int(rest)
              self.answer(302, b"", [("Location", "/redirect/%d" % (left - 1) if left > 1 else "/ok")])
          elif name == "to":
              self.answer(302, b"", [("Location", urllib.parse.unquote(rest))])
          elif name == "hang":
              self.wait_for_end()
          elif name in ("stall", "cut", "told-huge"):
              self.send_response(200)
              self.send_header("Content-Length", "100" if name != "told-huge" else str(1 << 40))
              self.end_headers()
              self.wfile.write(b"only this")
              if name == "cut":
                  self.close_connection = True
              else:
                  self.wait_for_end()
          elif name == "huge":
              self.send_response(200)
              self.send_header("Connection", "close")
              self.end_headers()
              try:
                  while True:
                      self.wfile.write(b"x" * 65536)
              except OSError:
                  self.close_connection = True
          elif name == "many-headers":
              self.answer(200, b"", [("X-%d" % n, "y" * 1000) for n in range(90)] * 5)
          elif name == "nonsense":
              self.wfile.write(b"\x00\x01 no http at all\r\n\r\n")
              self.close_connection = True
          elif name == "echo":
              self.answer(200, body, [("X-Two", "one"), ("X-Two", "two")])
          else:
              self.answer(200, b"well")

      do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = serve

  class Server(http.server.ThreadingHTTPServer):
      address_family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
      daemon_threads = True

      def handle_error(self, *_):
          pass

  def end_with_input():
      for line in sys.stdin:
          with lock:
              print(line.strip(), flush=True)
      os._exit(0)

  server = Server((sys.argv[1], 0), Handler)
  if sys.argv[2]:
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(sys.argv[2])
      server.socket = context.wrap_socket(server.socket, server_side=True)
  threading.Thread(target=end_with_input, daemon=True).start()
  print(server.server_address[1], flush=True)
  server.serve_forever()
  """#
