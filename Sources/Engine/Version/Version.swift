/// What this build is.
package enum Version {
  /// The number, after semantic versioning; `changes/` says what came when.
  package static let number = "0.1.0"

  /// The compiler it was built by, as far as the language tells.
  package static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or newer"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2 or older"
    #endif
  }

  /// The processor it was built for.
  package static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "aarch64"
    #else
      "other"
    #endif
  }
}
