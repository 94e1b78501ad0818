import Encoding
import Engine
import Foundations
import Synchronization

/// Makes one bar of a search: the look at the film, then the steps, each worth what it may cost.
///
/// How many steps there will be nobody knows; the bar is at its end when the last one is, and each
/// step takes half of what is left.
final class SearchStory: Sendable {
  private struct State {
    var message = "analysing"
    var begin = 0.0
    var end = 0.15
  }

  private let sink: ProgressSink
  private let state = Mutex(State())

  init(to sink: ProgressSink) { self.sink = sink }

  /// Takes news from whatever thread.
  func take(_ news: SearchFilm.News) {
    let told = state.withLock { state -> (Double, String) in
      switch news {
      case .analysing(let share):
        return (state.begin + share * (state.end - state.begin), state.message)
      case .search(.trying(let crf, let isProbe)):
        state.begin = max(state.end, 0.15)
        state.end = state.begin + (1 - state.begin) * (isProbe ? 0.3 : 0.6)
        state.message =
          "\(isProbe ? "probing" : "encoding") at CRF \(SearchText.plain(crf))"
        return (state.begin, state.message)
      case .search(.sampled(let count, let all)):
        let share = Double(count) / Double(max(all, 1))
        return (
          state.begin + share * (state.end - state.begin),
          "\(state.message), segment \(count) of \(all)"
        )
      case .search(.tried(let trial)):
        return (
          state.end, "\(String(trial.quality, decimals: 2)) at CRF \(SearchText.plain(trial.crf))"
        )
      }
    }
    sink.report(told.0, told.1)
  }
}
