package import Encoding
package import Foundations
package import HTTPClient

/// Tells others when an encode has ended: a webhook, an ntfy topic, both, or nobody, as the settings
/// have it.
///
/// Nothing here fails an encode: what could not be told is a warning.
package final class EncodeNotices: Sendable {
  private let desk: NoticeDesk?
  private let occasion: NoticeOccasion
  private let clock: any TimeSource
  private let random: any RandomSource

  /// Notices by the settings, which are checked now, before hours of work.
  ///
  /// - Parameters:
  ///   - stop: raised, it ends sending at once.
  ///   - retries: how often each is sent until somebody takes it.
  ///   - warn: told of what could not be sent, on another thread.
  package init(
    _ configuration: Configuration, stop: StopFlag, clock: any TimeSource = SystemTime(),
    random: any RandomSource = SystemRandom(), retries: HTTPRetries = HTTPRetries(),
    warn: @escaping @Sendable (NoticeFailure) -> Void
  ) throws(NoticeFailure) {
    self.clock = clock
    self.random = random
    occasion = configuration[MediarySettings.notifyOn]
    let channels = try Self.channels(configuration)
    desk =
      channels.isEmpty
      ? nil
      : NoticeDesk(
        channels, HTTPClient(HTTPClient.Options(agent: "mediary/\(Version.number)")),
        retries, stop: stop, warn: warn)
  }

  private static func channels(
    _ configuration: Configuration
  ) throws(NoticeFailure) -> [any NoticeChannel] {
    var channels: [any NoticeChannel] = []
    if let text = configuration[MediarySettings.notifyWebhook] {
      do throws(HTTPFailure) {
        let address = try HTTPAddress(text, isSecret: true)
        channels.append(
          Webhook(address, secret: configuration[MediarySettings.notifyWebhookSecret]))
      } catch {
        throw NoticeFailure(setting: "notify_webhook", error)
      }
    }
    if let text = configuration[MediarySettings.notifyNtfy] {
      let token = configuration[MediarySettings.notifyNtfyToken]
      do throws(HTTPFailure) {
        channels.append(try NtfyTopic(text, token: token))
      } catch {
        let isToken = error.code == .httpBadHeader
        throw NoticeFailure(setting: isToken ? "notify_ntfy_token" : "notify_ntfy", error)
      }
    }
    return channels
  }

  /// A film is encoded.
  package func finished(_ report: EncodeReport) { send(Notice(report)) }

  /// A film could not be encoded; one that somebody stopped is not told of.
  package func failed(_ error: any Error, of input: FilePath, to output: FilePath? = nil) {
    let failure = error.asFailure
    guard failure.kind != .cancelled, failure.kind != .brokenPipe else { return }
    send(Notice(failure, of: input, to: output))
  }

  /// A folder has come to its end; one that somebody stopped is not told of.
  package func ended(_ folder: FilePath, _ summary: FolderSummary) {
    guard summary.stopped == nil else { return }
    send(Notice(summary, of: folder))
  }

  /// Waits until all that was told is sent, or given up: half a minute at the most.
  package func close() { desk?.close() }

  private func send(_ notice: Notice) {
    guard let desk, occasion.covers(failure: notice.isFailure) else { return }
    let now = clock.now
    desk.take(
      SentNotice(
        notice: notice, id: .timeOrdered(at: now, using: random), time: now, host: Machine.host))
  }
}
