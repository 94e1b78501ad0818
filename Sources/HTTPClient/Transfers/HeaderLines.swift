import CCurl

/// The header lines of a request, as libcurl reads them while it runs.
struct HeaderLines: ~Copyable {
  private(set) var list: UnsafeMutablePointer<curl_slist>?

  init(_ request: HTTPRequest) {
    for header in request.headers {
      // "Name:" would take a header away that libcurl sends by itself; "Name;" sends it empty.
      add(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    // No form, unless it is said; and no waiting for a leave to send a large body.
    if !request.headers.contains(where: { $0.isCalled("Content-Type") }) { add("Content-Type:") }
    add("Expect:")
  }

  deinit { mediary_curl_free_list(list) }

  private mutating func add(_ line: String) {
    guard let longer = mediary_curl_append(list, line) else { fatalError("no memory for a header") }
    list = longer
  }
}
