/// Where the settings of a process may come from.
package struct ConfigurationSources: Sendable {
  /// What the command line says of one setting.
  package struct Flag: Sendable {
    /// The setting's whole name.
    package let setting: String
    /// The flag as it was typed, for messages and the origin.
    package let name: String
    /// Its values; several only where the setting is a list.
    package let values: [String]

    /// A flag that was given.
    package init(setting: String, name: String, values: [String]) {
      self.setting = setting
      self.name = name
      self.values = values
    }
  }

  /// The flags that were given.
  package var flags: [Flag]
  /// The environment.
  package var environment: [String: String]
  /// The file that `--config-file` names; it takes the place of the project's and the user's.
  package var file: FilePath?
  /// The folder in which a project file is looked for.
  package var folder: FilePath

  /// The sources of a process; without arguments there are none but the current folder.
  package init(
    flags: [Flag] = [], environment: [String: String] = [:], file: FilePath? = nil,
    folder: FilePath = "."
  ) {
    self.flags = flags
    self.environment = environment
    self.file = file
    self.folder = folder
  }

  /// The name of a project's file.
  package static let fileName = "mediary.toml"

  /// A variable that is set and not empty; an empty one counts as unset, as everywhere on Unix.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The home folder.
  var home: FilePath? { variable("HOME").map { FilePath($0) } }

  /// The user's own file, whether it is there or not.
  ///
  /// - Returns: Nil where neither variable tells of a folder. A relative `XDG_CONFIG_HOME` is to be
  ///   ignored, says the XDG Base Directory Specification.
  package var userFile: FilePath? {
    let named = variable("XDG_CONFIG_HOME").map { FilePath($0) }
    let folder = named.flatMap { $0.isAbsolute ? $0 : nil } ?? home?.appending(".config")
    return folder?.appending("mediary").appending(Self.fileName)
  }

  /// The project's file, whether it is there or not.
  package var projectFile: FilePath { folder.appending(Self.fileName) }
}
