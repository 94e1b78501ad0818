import Foundations

/// A notice with what tells it from all others.
struct SentNotice: Sendable {
  let notice: Notice
  /// The same however often it is sent, so that who gets it twice can tell.
  let id: UUID
  let time: Timestamp
  let host: String

  /// What machines are told.
  var json: JSONValue {
    var object: JSONObject = [
      "event": .string(notice.event), "id": .string(id.description),
      "time": .string(time.description), "host": .string(host),
      "title": .string(notice.title), "text": .string(notice.text),
    ]
    for (name, value) in notice.details.members { object[name] = value }
    return .object(object)
  }
}
