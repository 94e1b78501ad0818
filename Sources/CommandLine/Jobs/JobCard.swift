import Engine
import Foundations
import Model

/// A job as people read it: what was asked, where it stands, what came of it.
struct JobCard {
  private static let mostOutput = 12
  private static let mostFindings = 20

  private let job: Job
  private let terminal: Terminal
  private let now: Timestamp

  /// The card of a job for a terminal.
  init(_ job: Job, _ terminal: Terminal, now: Timestamp = SystemTime().now) {
    self.job = job
    self.terminal = terminal
    self.now = now
  }

  /// The lines.
  var lines: [StyledText] {
    var card = Card(
      .dotted([
        StyledText(job.kind, .strong), job.state.shown,
        job.isCancelWished && job.isOpen ? StyledText("to be ended", .warning) : "",
      ]), terminal)
    card.add("job", StyledText(job.id.text))
    card.add("part of", job.place.map { "\($0.parent.text), as number \("\($0.ordinal)")" })
    card.add("asked", StyledText(job.createdAt.shown))
    card.add("user", job.user.map { StyledText($0) })
    card.add("input", input)
    card.add("not before", job.state == .queued && job.runAt > now ? "\(job.runAt.shown)" : nil)
    card.add("began", job.startedAt.map { StyledText($0.shown) })
    if job.state.isFinal {
      card.add("took", JobText.time(job, now: now).map { StyledText(HumanText.duration($0)) })
    } else {
      card.add("at", at)
      card.add("worker", job.lease.map { StyledText($0.worker) })
    }
    card.add("parts", JobText.parts(job).map { StyledText($0) })
    card.add("attempts", attempts)
    card.add("used", use)
    addError(to: &card)
    addResult(to: &card)
    return card.lines
  }

  private var input: StyledText? {
    let input = job.asked.input
    return input.object?.members.isEmpty ?? false ? nil : StyledText(input.text())
  }

  private var at: StyledText {
    .dotted([
      // While its parts run, it is at none of its own stages.
      StyledText(job.children.pending > 0 ? "" : job.stage ?? ""),
      StyledText(job.progress.fraction.map(JobText.share) ?? ""),
      StyledText(job.progress.message),
      StyledText(
        job.progress.etaSeconds.map { "\(HumanText.duration(.seconds($0.rounded()))) left" } ?? ""),
    ])
  }

  /// Told where there was more than the one that everything needs.
  private var attempts: StyledText? {
    guard job.attempts > 1 || job.crashes > 0 || job.state == .failed else { return nil }
    var text = "\(job.attempts) of \(job.asked.attempts)"
    if job.crashes > 0 { text += ", and \(HumanText.count(job.crashes, "worker")) lost" }
    return StyledText(text)
  }

  private var use: StyledText? {
    guard job.use.cpuSeconds > 0 || job.use.peakMemory > 0 else { return nil }
    var parts = [StyledText("\(HumanText.duration(.seconds(job.use.cpuSeconds))) of processor")]
    if job.use.peakMemory > 0 { parts.append("\(HumanText.bytes(job.use.peakMemory)) of memory") }
    return .dotted(parts)
  }

  private func addError(to card: inout Card) {
    guard let error = job.error, job.state != .completed else { return }
    card.add("error", "\(error.code, .bad): \(error.message)")
    card.add("hint", error.hint.map { StyledText($0) })
    card.add("doing", .dotted([StyledText(error.operation ?? ""), StyledText(error.stage ?? "")]))
    for (place, cause) in error.causes.enumerated() {
      card.add(place == 0 ? "because" : "", StyledText(cause))
    }
    guard let output = error.toolOutput else { return }
    let lines = output.split(separator: "\n").suffix(Self.mostOutput)
    card.add(
      below: [StyledText("the tool said last", .accent)]
        + lines.map { "  " + StyledText($0, .quiet) })
  }

  /// Members of a result each on a line; lists of things below, each thing on a line.
  private func addResult(to card: inout Card) {
    guard let result = job.result else { return }
    if job.kind == "encode" { return EncodeText.add(result, to: &card) }
    guard let object = result.object else {
      card.add("result", text: OutputText.plain(result))
      return
    }
    var lists: [StyledText] = []
    for (member, value) in object.members {
      // How long a list is stands with the list.
      if member.hasSuffix("_count"), object[String(member.dropLast(6))]?.array != nil { continue }
      let label = String(member.map { $0 == "_" ? " " : $0 })
      guard let items = value.array else {
        card.add(label, text: shown(member, value))
        continue
      }
      let count = object[member + "_count"]?.int ?? items.count
      card.add(label, count == 0 ? "none" : "\(HumanText.count(count), .bad)")
      for item in items.prefix(Self.mostFindings) {
        let parts = item.object?.members.map { OutputText.plain($0.value) }
        let line =
          StyledText(label, .bad) + "  "
          + .dotted((parts ?? [OutputText.plain(item)]).map { StyledText($0) })
        // The last part, a long hash, is what can best be done without.
        lists.append(
          terminal.isInteractive
            ? line.clipped(to: terminal.width - 1, ellipsis: terminal.ellipsis) : line)
      }
      if items.count > Self.mostFindings {
        let more = HumanText.count(items.count - Self.mostFindings)
        lists.append("\("\(more) more \(label) in the JSON", .quiet)")
      }
    }
    card.add(below: lists)
  }

  private func shown(_ member: String, _ value: JSONValue) -> String {
    guard member == "bytes" || member.hasSuffix("_bytes"), let bytes = value.int else {
      return OutputText.plain(value)
    }
    return HumanText.bytes(Int64(bytes))
  }
}
