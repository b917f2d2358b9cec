import Commerce
import Messaging

/// What an operator does to one schedule. Refused with `not_found`, with `not_allowed` where its state does not permit
/// it, with `in_flight` where the overlap policy leaves the firing out.
public struct OperateSchedule: Command {
    public static let owner = ServiceName.sagaCoordinator
    public typealias Reply = Done
    public var scheduleID: ScheduleID
    public var verb: Verb
    public var reason: String

    public enum Verb: String, Codable, Sendable, CaseIterable {
        /// Sends the command now, besides the times of the schedule, also while it is paused.
        case run
        case pause
        /// What fell into the pause is not made up for.
        case resume
    }

    public init(scheduleID: ScheduleID, verb: Verb, reason: String) {
        self.scheduleID = scheduleID
        self.verb = verb
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case verb, reason
        case scheduleID = "schedule_id"
    }
}

/// Changes what is given of a schedule; the rest stays. Refused with `not_found`, or `invalid` with the field.
public struct ChangeSchedule: Command {
    public static let owner = ServiceName.sagaCoordinator
    public typealias Reply = Done
    public var scheduleID: ScheduleID
    public var change: Change
    public var reason: String

    public struct Change: Codable, Sendable, Equatable {
        /// Either an interval, as an ISO 8601 duration, or a cron expression with the IANA name of its time zone.
        public var interval: String?
        public var cron: String?
        public var timeZone: String?
        /// By how much a firing may be put off, as an ISO 8601 duration.
        public var jitter: String?
        /// `one` or `all` of the times that were missed.
        public var catchUp: String?
        /// How late a firing may be, as an ISO 8601 duration.
        public var catchUpWithin: String?
        /// `skip`, `buffer_one` or `allow`.
        public var overlap: String?

        public init(
            interval: String? = nil, cron: String? = nil, timeZone: String? = nil, jitter: String? = nil,
            catchUp: String? = nil, catchUpWithin: String? = nil, overlap: String? = nil
        ) {
            self.interval = interval
            self.cron = cron
            self.timeZone = timeZone
            self.jitter = jitter
            self.catchUp = catchUp
            self.catchUpWithin = catchUpWithin
            self.overlap = overlap
        }

        enum CodingKeys: String, CodingKey {
            case interval, cron, jitter, overlap
            case timeZone = "time_zone"
            case catchUp = "catch_up"
            case catchUpWithin = "catch_up_within"
        }
    }

    public init(scheduleID: ScheduleID, change: Change, reason: String) {
        self.scheduleID = scheduleID
        self.change = change
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case change, reason
        case scheduleID = "schedule_id"
    }
}
