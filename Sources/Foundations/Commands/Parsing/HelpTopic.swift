extension Program {
  /// The place that the words after `help` name; the program itself where there are none.
  package func topic(_ words: [String]) throws(UsageFailure) -> CommandPlace {
    var place = root
    for word in words {
      let children = children(of: place, withHidden: true)
      guard let next = children.first(where: { $0.path.last == word }) else {
        throw .unknownCommand(ArgumentWord(word), at: place, in: self)
      }
      place = next
    }
    return place
  }
}
