import Glibc

/// How files of a run are opened.
enum FileFlags {
  /// For reading, without ever waiting on a pipe that somebody put there.
  static let reading = O_RDONLY | O_NONBLOCK | O_NOCTTY
  /// For writing to what is open already.
  static let writing = O_WRONLY
}
