package import Foundations

/// How far a job has come.
package struct JobProgress: Sendable, Equatable {
  /// From 0 to 1; nil where nobody knows.
  package var fraction: Double?
  package var message: String
  package var etaSeconds: Double?
  /// What the job's kind tells of its stage: segments, frames a second.
  package var details: JSONObject

  /// Progress by its parts; nothing yet, without any.
  package init(
    fraction: Double? = nil, message: String = "", etaSeconds: Double? = nil,
    details: JSONObject = [:]
  ) {
    self.fraction = fraction.flatMap { $0.isFinite ? min(1, max(0, $0)) : nil }
    self.message = message
    self.etaSeconds = etaSeconds.flatMap { $0.isFinite ? max(0, $0) : nil }
    self.details = details
  }

  /// The object that stores keep and surfaces show.
  package var json: JSONObject {
    [
      "fraction": .double(orNull: fraction), "message": .string(message),
      "eta_seconds": .double(orNull: etaSeconds), "details": .object(details),
    ]
  }

  /// Reads what `json` writes; what is missing is nothing.
  package init(json: JSONObject) {
    self.init(
      fraction: json["fraction"]?.double, message: json["message"]?.string ?? "",
      etaSeconds: json["eta_seconds"]?.double, details: json["details"]?.object ?? [:])
  }
}

/// What a job's processes took, as measured.
package struct JobUse: Sendable, Equatable {
  package var cpuSeconds: Double
  /// The most memory at one time, in bytes.
  package var peakMemory: Int64

  /// Use by its parts; nothing yet, without any.
  package init(cpuSeconds: Double = 0, peakMemory: Int64 = 0) {
    self.cpuSeconds = cpuSeconds.isFinite ? max(0, cpuSeconds) : 0
    self.peakMemory = max(0, peakMemory)
  }

  /// The object that surfaces show.
  package var json: JSONObject {
    ["cpu_seconds": .double(cpuSeconds), "peak_memory_bytes": .int(peakMemory)]
  }
}
