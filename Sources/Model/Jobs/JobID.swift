import Foundations

/// The tag of jobs' ids.
package enum JobTag: IDTag { package static let noun = "job" }
/// The tag of claims' ids.
package enum ClaimTag: IDTag { package static let noun = "claim" }
/// The tag of schedules' ids.
package enum ScheduleTag: IDTag { package static let noun = "schedule" }

/// The id of a job.
package typealias JobID = EntityID<JobTag>
/// The id of a claim.
package typealias ClaimID = EntityID<ClaimTag>
/// The id of a schedule.
package typealias ScheduleID = EntityID<ScheduleTag>
