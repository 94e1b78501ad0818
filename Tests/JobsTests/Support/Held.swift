import Foundations
import Jobs
import Model

/// A job that runs until it is told to stop or to go on.
struct Held: Sendable {
  let began = Signal()
  let goesOn = Signal()
  let stopped = Signal()

  func kind(_ name: String = "hold", obeys: Bool = true) -> JobKind {
    JobKind(name) { [self] context in
      let token = context.stop.onStop { _ in
        stopped.give()
        if obeys { goesOn.give() }
      }
      began.give()
      goesOn.wait()
      context.stop.removeAction(token)
      if obeys { try context.stop.check() }
      return .completed("mine", saving: Effect.saving(context.job.id.text))
    }
  }
}
