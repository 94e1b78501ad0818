import Glibc

/// Something the file system refused.
package struct FileFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?
  /// The system's own number, 0 where the refusal was ours.
  package let errno: Int32

  /// A refusal of our own, or a system's number seen in a clearer light.
  package init(
    _ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil,
    errno: Int32 = 0
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
    self.errno = errno
  }

  /// A failed system call.
  package init(errno number: Int32, operation: String, path: FilePath?) {
    let place = path.map { " \($0)" } ?? ""
    let (code, hint) = Self.meaning(of: number)
    self.code = code
    self.hint = hint
    message = "cannot \(operation)\(place): \(Self.text(of: number))"
    cause = nil
    errno = number
  }

  private static func meaning(of number: Int32) -> (FailureCode, String?) {
    switch number {
    case ENOENT, ENOTDIR: (.fileNotFound, nil)
    case EACCES, EPERM: (.fileDenied, "check the permissions of the file and of its folders")
    case EROFS: (.fileReadOnly, "the file system is mounted read-only; name another folder")
    case EEXIST: (.fileExists, nil)
    case EISDIR: (.fileIsFolder, nil)
    case ENOTEMPTY: (.folderNotEmpty, nil)
    case ENOSPC, EDQUOT: (.diskFull, "free some space, or name a folder on another disk")
    case EFBIG: (.fileTooLarge, "name a folder on another file system, or raise ulimit -f")
    case EMFILE, ENFILE: (.filesExhausted, "raise the limit of open files (ulimit -n)")
    case ELOOP: (.fileLoop, nil)
    case EXDEV: (.fileElsewhere, "use a folder on the same file system")
    case ENAMETOOLONG: (.nameTooLong, "use a name of at most 255 bytes")
    case EBUSY, EAGAIN, ETXTBSY: (.fileBusy, nil)
    default: (.inputOutput, nil)
    }
  }

  /// The system's words for an error number.
  package static func text(of number: Int32) -> String {
    // strerror_r, because strerror's buffer is shared by all threads.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let base = buffer.baseAddress else { return "error \(number)" }
      guard strerror_r(number, base, buffer.count) == 0 else { return "error \(number)" }
      return String(cString: base)
    }
  }
}

extension FailureCode {
  /// No such file.
  package static let fileNotFound = FailureCode(
    "file.not_found", .notFound, "The file or folder is not there.")
  /// The permissions forbid it.
  package static let fileDenied = FailureCode(
    "file.denied", .denied, "The permissions of the file or of its folder forbid it.")
  /// The file system takes no writes.
  package static let fileReadOnly = FailureCode(
    "file.read_only", .denied, "The file system is mounted read-only.")
  /// The target stands already.
  package static let fileExists = FailureCode(
    "file.exists", .conflict, "A file of that name stands already and was left as it is.")
  /// A folder stands where a file is meant.
  package static let fileIsFolder = FailureCode(
    "file.is_folder", .usage, "A folder was named where a file is meant.")
  /// A file stands where a folder is meant.
  package static let fileNotFolder = FailureCode(
    "file.not_folder", .usage, "A file was named where a folder is meant.")
  /// The folder still holds something.
  package static let folderNotEmpty = FailureCode(
    "file.folder_not_empty", .conflict, "The folder is not empty and was left as it is.")
  /// A file that is not a plain one stands where a plain one is meant.
  package static let fileNotPlain = FailureCode(
    "file.not_plain", .badMedia, "A pipe, socket or device was named where a plain file is meant.")
  /// No space left.
  package static let diskFull = FailureCode(
    "file.disk_full", .unavailable, "The disk or the quota is full; nothing was published.",
    httpStatus: 507)
  /// More bytes than are accepted or than the file system takes.
  package static let fileTooLarge = FailureCode(
    "file.too_large", .usage, "The file is larger than is accepted here.", httpStatus: 413)
  /// Published, but not known to be on the disk.
  package static let fileNotDurable = FailureCode(
    "file.not_durable", .unavailable,
    "The file stands whole under its name, but may be gone after a power cut.")
  /// Too many open files.
  package static let filesExhausted = FailureCode(
    "file.exhausted", .unavailable, "The process or the system has too many files open.")
  /// The path leads outside.
  package static let pathEscapes = FailureCode(
    "file.escapes", .denied,
    "The path leads out of the folder it is confined to, or through a link.")
  /// A name that must not be used for a file.
  package static let nameUnsafe = FailureCode(
    "file.name_unsafe", .usage, "The name is not fit for a file; the message says why.")
  /// Links or folders that lead round.
  package static let fileLoop = FailureCode(
    "file.loop", .usage, "Links lead round in a circle, or a folder lies inside itself.")
  /// Folders inside folders, deeper than is followed.
  package static let folderTooDeep = FailureCode(
    "file.too_deep", .usage, "Folders lie inside folders deeper than is followed.")
  /// Two file systems where one is needed.
  package static let fileElsewhere = FailureCode(
    "file.other_file_system", .conflict,
    "The two places lie on different file systems, so a file cannot simply move.")
  /// A name longer than the file system takes.
  package static let nameTooLong = FailureCode(
    "file.name_too_long", .usage, "A name or path is longer than the file system takes.")
  /// Somebody else holds it.
  package static let fileBusy = FailureCode(
    "file.busy", .unavailable, "Another process holds the file; it may work later.")
  /// Nobody commits any more.
  package static let commitClosed = FailureCode(
    "file.commit_closed", .unavailable, "The program is ending and publishes no more files.")
  /// Any other error of reading or writing.
  package static let inputOutput = FailureCode(
    "file.io", .unavailable, "The system could not read or write; the message has its words.")
}
