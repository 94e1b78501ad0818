import Foundations

/// How numbers are written in the lines of a report.
enum CheckWords {
  /// "30.000 s".
  static func seconds(_ value: Double) -> String { "\(String(value, decimals: 3)) s" }

  /// "30.000 s", or that there is none.
  static func seconds(_ value: Double?) -> String { value.map { seconds($0) } ?? "none" }
}
