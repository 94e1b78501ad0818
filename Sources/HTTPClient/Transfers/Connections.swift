import CCurl

/// A handle of libcurl with what drives it: one request at a time, and connections that are kept
/// for the next.
final class Connections: @unchecked Sendable {
  // Sendable because one transfer at a time has it (`HTTPClient` hands it on under its lock), and
  // `wake`, which other threads call, is libcurl's one function that is made for that. It holds the
  // object, so that the driver lives as long as anybody may wake it.
  let handle: UnsafeMutableRawPointer
  private let driver: UnsafeMutableRawPointer

  init() throws(HTTPFailure) {
    try CurlLibrary.load()
    guard let handle = mediary_curl_new(), let driver = mediary_curl_new_driver() else {
      // Only a lack of memory for some kilobytes fails here.
      fatalError("libcurl cannot begin")
    }
    self.handle = handle
    self.driver = driver
  }

  deinit {
    mediary_curl_free(handle)
    mediary_curl_free_driver(driver)
  }

  /// Begins the request that the handle was told of.
  func begin() { require(mediary_curl_add(driver, handle)) }

  /// Takes the request back, done or not; its connection is closed unless it was done.
  func end() {
    require(mediary_curl_remove(driver, handle))
    mediary_curl_reset(handle)
  }

  /// Does what can be done without waiting; the result once it is done.
  func advance() -> CURLcode? {
    require(mediary_curl_perform(driver))
    var result = CURLE_OK
    return mediary_curl_result(driver, &result) != 0 ? result : nil
  }

  /// Waits until there is something to do.
  func wait(atMost time: Duration) {
    let milliseconds = (time / .milliseconds(1)).rounded(.up)
    require(mediary_curl_wait(driver, Int32(min(max(milliseconds, 0), 60_000))))
  }

  /// Ends a wait.
  func wake() { _ = mediary_curl_wake(driver) }

  /// How many bytes have gone and come since the request began.
  var moved: Int64 {
    Int64(mediary_curl_size(handle, CURLINFO_SIZE_UPLOAD_T))
      + Int64(mediary_curl_size(handle, CURLINFO_SIZE_DOWNLOAD_T))
      + Int64(mediary_curl_number(handle, CURLINFO_HEADER_SIZE))
  }

  /// Whether there is a connection, and its turn has come.
  var isConnected: Bool { mediary_curl_size(handle, CURLINFO_PRETRANSFER_TIME_T) > 0 }

  // These fail only on misuse, or without memory.
  private func require(_ code: CURLMcode) {
    precondition(code == CURLM_OK, "libcurl's driver failed with \(code.rawValue)")
  }
}
