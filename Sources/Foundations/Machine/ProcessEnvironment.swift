import CSystem

/// The environment this process was started with.
package enum ProcessEnvironment {
  /// All variables; of two with one name the first, as the C library takes it.
  ///
  /// Read once: changing the environment of a process with threads is not safe, and nothing does.
  package static let all: [String: String] = {
    var variables: [String: String] = [:]
    var place = 0
    while let entry = mediary_environment_entry(Int32(place)) {
      let parts = String(cString: entry).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, variables[String(parts[0])] == nil {
        variables[String(parts[0])] = String(parts[1])
      }
      place += 1
    }
    return variables
  }()
}
