import Encoding
import Foundations

/// The log of one encode: what happened, line by line.
struct EncodeLog: Sendable {
  private let log: Logger

  /// A log in a folder, under the output's name.
  init(in folder: FilePath, of output: FilePath, time: any TimeSource) {
    let name = output.fileName?.text ?? "output"
    log = Logger(
      to: LogFile(folder.appending("\(name).log"), format: .text), from: .debug, time: time)
  }

  /// Takes news in.
  func take(_ news: EncodeNews) {
    switch news {
    case .planned(let plan): log.info("planned", ["plan": plan.json])
    case .stage(let stage): log.info("stage", ["name": .string(stage.rawValue)])
    case .progress: break
    case .warning(let text): log.warning(text)
    case .segment(let event): take(event)
    }
  }

  /// Notes how it ended.
  func end(_ error: (any Error)?) {
    guard let error else { return log.info("done") }
    log.error("failed", ["error": error.asFailure.json])
  }

  private func take(_ event: EncodingEvent) {
    switch event {
    case .measured(let segment, let crf, let quality, let isProbe, let isReused):
      log.info(
        isProbe ? "probed" : "encoded",
        [
          "segment": .int(segment), "crf": .double(crf),
          "quality": quality.map { .double($0) } ?? .null, "reused": .bool(isReused),
        ])
    case .retried(let segment, let reason):
      log.warning("tried again", ["segment": .int(segment), "reason": .string(reason)])
    case .done(let segment, let progress):
      log.info(
        "segment done",
        [
          "segment": .int(segment), "done": .int(progress.segmentsDone),
          "of": .int(progress.segments), "bytes": .int(progress.bytes),
        ])
    }
  }
}
