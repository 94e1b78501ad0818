extension OptionSpec {
  /// The long spelling as shown: `--name`, `--[no-]name`.
  var shownFlag: String { isNegatable ? "--[no-]\(name)" : flag }

  /// The value as shown: `N`, `KIND…`.
  var shownPlaceholder: String { repetition == .several ? "\(placeholder)..." : placeholder }

  /// What is to be known beside the summary, each fact with its name: `default: 24`.
  var facts: [String] {
    var facts: [String] = []
    if isRequired { facts.append("required") }
    let choices = form?.choices ?? []
    let areShown = placeholder.contains("|") || choices.contains { !$0.summary.isEmpty }
    if !choices.isEmpty, !areShown {
      facts.append("one of: \(choices.map(\.word).joined(separator: ", "))")
    }
    if let bounds = form?.bounds { facts.append(bounds) }
    if let defaultText { facts.append("default: \(defaultText)") }
    if repetition != .once { facts.append("may be repeated") }
    if let environment { facts.append("env: \(environment)") }
    if let setting { facts.append("setting: \(setting)") }
    return facts
  }

  /// The words of its choice that have a meaning to tell.
  var explainedChoices: [ValueForm.Choice] {
    let choices = form?.choices ?? []
    return choices.contains { !$0.summary.isEmpty } ? choices : []
  }
}

extension [OptionSpec] {
  /// The visible options under their headings, in the order in which the headings first appear.
  var byCategory: [(category: String, options: [OptionSpec])] {
    let visible = filter { !$0.isHidden }
    var categories: [String] = []
    for option in visible where !categories.contains(option.category) {
      categories.append(option.category)
    }
    return categories.map { category in
      (category, visible.filter { $0.category == category })
    }
  }
}
