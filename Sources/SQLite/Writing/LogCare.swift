import CSQLite
import Foundations

/// When the write-ahead log is brought home into the database, so that it stays small.
///
/// SQLite would do it inside a commit, whose writers would wait for it. Here it is done by the
/// writer's thread after they have been told, and outside of the turn, so that no process waits.
struct LogCare {
  /// What the log's file is cut back to when it is used anew from its start.
  static let keptBytes: Int64 = 64 << 20

  // Frames are pages of 4 KiB. Few enough that readers find their pages quickly in the log, many
  // enough that a page changed often goes home once.
  private static let framesBeforeCheckpoint = 4_000
  // 64 MiB: somebody reads for so long that the log could not begin anew.
  private static let framesBeforeWaiting = 16_384
  private static let readersAtMost = Duration.milliseconds(200)

  private let log = LogLength()
  private var framesAtWaiting = 0
  private var isEmptied = true
  /// Whether it has grown long enough to be brought home, since the last commit.
  private(set) var needsHome = false

  /// Has the commits of a connection counted.
  init(on connection: Connection) { log.watch(connection) }

  /// Whether the log holds anything that an idle writer should bring home.
  var isDue: Bool { !isEmptied }

  /// Whether readers have kept the log from beginning anew for too long.
  var needsTurn: Bool { log.frames > framesAtWaiting + Self.framesBeforeWaiting }

  mutating func noteCommit() {
    isEmptied = false
    needsHome = log.frames >= Self.framesBeforeCheckpoint
    if log.frames < framesAtWaiting { framesAtWaiting = 0 }
  }

  /// Brings home what can be without waiting for anybody.
  mutating func bringHome(_ connection: Connection) {
    // What fails here is tried again after the next commit.
    needsHome = false
    _ = sqlite3_wal_checkpoint_v2(connection.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
  }

  /// In the writer's turn: brings all home and cuts the log to nothing; waits a moment for readers.
  mutating func empty(_ connection: Connection) {
    let status = try? connection.waiting(atMost: Self.readersAtMost) { () throws(SQLiteFailure) in
      sqlite3_wal_checkpoint_v2(connection.handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    }
    if status == SQLITE_OK {
      log.frames = 0
      framesAtWaiting = 0
    } else {
      framesAtWaiting = log.frames
    }
    // Once is enough until the next commit: a reader that stays would be waited for over and over.
    isEmptied = true
    needsHome = false
  }
}

/// How many frames the log had after the last commit, as SQLite tells it.
private final class LogLength {
  var frames = 0

  /// SQLite holds it by address: it lives as long as the writer that owns both.
  func watch(_ connection: Connection) {
    sqlite3_wal_hook(
      connection.handle,
      { context, _, _, frames in
        guard let context else { return SQLITE_OK }
        Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue().frames = Int(frames)
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }
}
