import Foundations
import Model

/// How much of the space given is used.
package struct Quota: Sendable, Equatable {
  /// Whose it is: nil for the library's own.
  package let user: String?
  package let used: Int64
  package let limit: Int64
  /// Whether it is time to make room.
  package let isNearlyFull: Bool
}

extension MediaLibrary {
  /// The quotas that content of a user counts to; none where there are no limits.
  package func quotas(user: String? = nil) throws -> [Quota] {
    guard settings.quota != nil || settings.userQuota != nil else { return [] }
    let statistics = try catalogue.read { try $0.statistics() }
    var quotas: [Quota] = []
    if let limit = settings.quota {
      // What is in the trash still lies on the disk.
      quotas.append(quota(nil, statistics.assets.bytes + statistics.trash.bytes, limit))
    }
    if let limit = settings.userQuota, let user {
      quotas.append(quota(user, statistics.byUser[user]?.bytes ?? 0, limit))
    }
    return quotas
  }

  private func quota(_ user: String?, _ used: Int64, _ limit: Int64) -> Quota {
    Quota(
      user: user, used: used, limit: limit,
      isNearlyFull: Double(used) >= settings.warnsFrom * Double(limit))
  }

  /// How many bytes may still come; nil where there is no limit.
  ///
  /// `library.quota_exceeded` where `announced` is more than that, before a byte is written.
  func room(user: String?, announced: Int64?) throws -> Int64? {
    var room = settings.largestContent
    if let room, let announced, announced > room { throw Self.tooLarge(announced, room) }
    for quota in try quotas(user: user) {
      let left = max(0, quota.limit - quota.used)
      guard announced ?? 0 <= left, left > 0 || announced == 0 else {
        throw Self.exceeded(quota, announced)
      }
      room = min(room ?? left, left)
    }
    return room
  }

  private static func tooLarge(_ size: Int64, _ limit: Int64) -> LibraryFailure {
    LibraryFailure(
      .libraryQuota,
      "\(HumanText.bytes(size)) are more than the \(HumanText.bytes(limit)) that one"
        + " content may have")
  }

  private static func exceeded(_ quota: Quota, _ announced: Int64?) -> LibraryFailure {
    let whose = quota.user.map { "of \($0)" } ?? "of the library"
    let more = announced.map { " and \(HumanText.bytes($0)) more would not fit" } ?? ""
    return LibraryFailure(
      .libraryQuota,
      "\(HumanText.bytes(quota.used)) of the quota \(whose), \(HumanText.bytes(quota.limit)), are"
        + " used\(more)",
      hint: "delete assets and empty the trash, or raise the quota")
  }
}
