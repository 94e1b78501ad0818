import CCurl
package import Foundations

/// libcurl: opened when the first request is made.
package enum CurlLibrary {
  /// Its version, opening it.
  package static func version() throws(HTTPFailure) -> String {
    try load()
    return mediary_curl_version().map { String(cString: $0) } ?? ""
  }

  /// The file of certificates that it trusts, where it names one.
  package static func certificates() throws(HTTPFailure) -> FilePath? {
    try load()
    return mediary_curl_certificates().map { FilePath(String(cString: $0)) }
  }

  static func load() throws(HTTPFailure) {
    guard let missing = mediary_curl_load() else { return }
    throw HTTPFailure(
      .httpLibraryMissing, "cannot open libcurl: \(String(cString: missing))",
      hint: "apt-get install libcurl4, or run ./mediary once")
  }
}
