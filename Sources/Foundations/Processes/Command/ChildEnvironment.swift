import CSystem
import Glibc

/// The environment of a child: what it inherits by name, and what is set for it.
///
/// A child gets only what was chosen, so that the secrets of this process's own environment do
/// not reach every tool it runs.
package struct ChildEnvironment: Sendable, Equatable {
  private enum Inherited: Equatable {
    case everything
    case only(Set<String>)
  }

  private var inherited: Inherited
  // A nil takes a variable away.
  private var changes: [String: String?] = [:]

  private init(_ inherited: Inherited) { self.inherited = inherited }

  /// No variable at all.
  package static let empty = ChildEnvironment(.only([]))

  /// All of this process's variables, its secrets included.
  package static let everything = ChildEnvironment(.everything)

  /// What any tool needs: where programs and home are, language, time zone, temporary folder.
  package static let usual = ChildEnvironment.inheriting([
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR",
    "LD_LIBRARY_PATH",
  ])

  /// Those of this process's variables that are named here and set.
  package static func inheriting(_ names: [String]) -> ChildEnvironment {
    ChildEnvironment(.only(Set(names)))
  }

  /// The same with a variable set.
  package func setting(_ name: String, to value: String) -> ChildEnvironment {
    var copy = self
    copy.changes[name] = .some(value)
    return copy
  }

  /// The same without a variable.
  package func removing(_ name: String) -> ChildEnvironment {
    var copy = self
    copy.changes[name] = .some(nil)
    return copy
  }

  /// The variables as `NAME=value`, those inherited in the order of `parent`, then those set in
  /// the order of their names.
  func entries(inheritingFrom parent: [[UInt8]]) -> [[UInt8]] {
    let kept = parent.filter { entry in
      let name = Self.name(of: entry)
      // This process may be somebody's child itself; its own children are its own.
      if name == ChildMark.variable || changes[name] != nil { return false }
      return switch inherited {
      case .everything: true
      case .only(let names): names.contains(name)
      }
    }
    let set = changes.sorted { $0.key < $1.key }.compactMap { name, value in
      value.map { Array("\(name)=\($0)".utf8) }
    }
    return kept + set
  }

  /// The first of the set variables that no environment can hold, if there is one.
  var impossibleName: String? {
    changes.first { name, value in
      name.isEmpty || name.utf8.contains(UInt8(ascii: "=")) || name.utf8.contains(0)
        || value?.utf8.contains(0) == true
    }?.key
  }

  private static func name(of entry: [UInt8]) -> String {
    String(decoding: entry.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
  }

  /// The variables of this process as they are now.
  static func ofThisProcess() -> [[UInt8]] {
    guard var next = mediary_environment() else { return [] }
    var entries: [[UInt8]] = []
    while let entry = next.pointee {
      entries.append(
        UnsafeBufferPointer(start: entry, count: strlen(entry)).map(UInt8.init(bitPattern:)))
      next += 1
    }
    return entries
  }
}
