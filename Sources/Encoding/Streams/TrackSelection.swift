package import Media

/// Which tracks of one kind go into the output, and in which order.
package enum TrackSelection: Sendable, Hashable {
  case all
  case none
  /// By their numbers among the tracks of their kind, from 1, or by their languages, in this order.
  case chosen([Wanted])

  /// One wish.
  package enum Wanted: Sendable, Hashable {
    case number(Int)
    case language(String)
  }

  /// Reads "all", "none", "2,1" or "jpn,eng".
  package init(_ text: String) throws(EncodingFailure) {
    switch text {
    case "all": self = .all
    case "none": self = .none
    default:
      var wishes: [Wanted] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        if let number = Int(part), number > 0 {
          wishes.append(.number(number))
        } else if (2...3).contains(part.count), part.allSatisfy({ $0.isASCII && $0.isLetter }) {
          wishes.append(.language(part.lowercased()))
        } else {
          throw EncodingFailure(
            .encodingBadSetting, "\"\(text)\" does not choose tracks",
            hint: "all, none, numbers from 1 (2,1), or languages (jpn,eng)")
        }
      }
      self = .chosen(wishes)
    }
  }

  /// The chosen ones among all tracks of a kind; `kind` is what messages call them.
  package func pick(
    from tracks: [StreamDescription], kind: String
  ) throws(EncodingFailure) -> [StreamDescription] {
    switch self {
    case .all: return tracks
    case .none: return []
    case .chosen(let wishes):
      var picked: [StreamDescription] = []
      for wish in wishes {
        for track in try found(wish, tracks, kind)
        where !picked.contains(where: { $0.index == track.index }) {
          picked.append(track)
        }
      }
      return picked
    }
  }

  private func found(
    _ wish: Wanted, _ tracks: [StreamDescription], _ kind: String
  ) throws(EncodingFailure) -> [StreamDescription] {
    switch wish {
    case .number(let number) where number <= tracks.count: return [tracks[number - 1]]
    case .number(let number):
      throw EncodingFailure(
        .encodingBadSetting, "there is no \(kind) track \(number)",
        hint: tracks.isEmpty ? "the film has none" : "the film has 1 to \(tracks.count)")
    case .language(let language):
      let spoken = tracks.filter { $0.language?.lowercased() == language }
      guard spoken.isEmpty else { return spoken }
      let languages = tracks.map { $0.language ?? "none" }.joined(separator: ", ")
      throw EncodingFailure(
        .encodingBadSetting, "there is no \(kind) track in \(language)",
        hint: tracks.isEmpty ? "the film has none" : "their languages are \(languages)")
    }
  }
}
