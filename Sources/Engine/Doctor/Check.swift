package import Foundations

/// One thing that `doctor` looked at.
package struct Check: Sendable {
  /// What was looked at: "libavcodec", "decoder av1".
  package let name: String
  /// The heading it stands under.
  package let group: String
  /// Whether it is as it should be.
  package let isOK: Bool
  /// Whether Mediary cannot do its work without it; else something works less well, or not at all.
  package let isRequired: Bool
  /// What was found, nil for nothing.
  package let found: String?
  /// What is needed.
  package let needed: String
  /// What to do about it, or what works without it.
  package let hint: String?

  init(
    _ group: String, _ name: String, ok isOK: Bool, required isRequired: Bool = true,
    found: String?, needed: String, hint: String? = nil
  ) {
    self.group = group
    self.name = name
    self.isOK = isOK
    self.isRequired = isRequired
    self.found = found
    self.needed = needed
    self.hint = isOK ? nil : hint
  }

  /// The object that `doctor --json` shows.
  package var json: JSONValue {
    [
      "name": .string(name), "group": .string(group), "ok": .bool(isOK),
      "required": .bool(isRequired), "found": .string(orNull: found), "needed": .string(needed),
      "hint": .string(orNull: hint),
    ]
  }
}
