import Commerce
import Messaging

// What `returns` puts off of a subscription that goes on. Its cancellation is in ReturnProviderCommands.

/// Reads when the subscription that the goods came from is charged next.
///
/// WHY: by itself, before anything is put off: what is skipped or put off is one charge, the same however often an
/// answer is lost.
public struct ReadReturnSubscription: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// `YYYY-MM-DD`; nil for a subscription that has ended, of which nothing is charged.
        public var nextChargeDate: String?

        public init(nextChargeDate: String?) { self.nextChargeDate = nextChargeDate }

        enum CodingKeys: String, CodingKey { case nextChargeDate = "next_charge_date" }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Leaves the subscription out of the charge of a day.
public struct SkipReturnCharge: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID
    /// `YYYY-MM-DD`.
    public var chargeDate: String

    public struct Reply: Codable, Sendable, Equatable {
        /// False where it was skipped before, which nothing here takes back.
        public var byUs: Bool

        public init(byUs: Bool) { self.byUs = byUs }

        enum CodingKeys: String, CodingKey { case byUs = "by_us" }
    }

    public init(returnID: ReturnID, chargeDate: String) {
        self.returnID = returnID
        self.chargeDate = chargeDate
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case chargeDate = "charge_date"
    }
}

/// Undo of ``SkipReturnCharge``.
public struct UnskipReturnCharge: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var chargeDate: String

    public init(returnID: ReturnID, chargeDate: String) {
        self.returnID = returnID
        self.chargeDate = chargeDate
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case chargeDate = "charge_date"
    }
}

/// Puts the next charge of the subscription off by so many days.
public struct PauseReturnSubscription: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID
    /// `YYYY-MM-DD`: when it would be charged otherwise.
    public var chargeDate: String
    public var days: Int

    public struct Reply: Codable, Sendable, Equatable {
        /// `YYYY-MM-DD`: when it is charged instead. Nil where nothing was put off that could be taken back.
        public var pausedUntil: String?

        public init(pausedUntil: String?) { self.pausedUntil = pausedUntil }

        enum CodingKeys: String, CodingKey { case pausedUntil = "paused_until" }
    }

    public init(returnID: ReturnID, chargeDate: String, days: Int) {
        self.returnID = returnID
        self.chargeDate = chargeDate
        self.days = days
    }

    enum CodingKeys: String, CodingKey {
        case days
        case returnID = "return_id"
        case chargeDate = "charge_date"
    }
}

/// Undo of ``PauseReturnSubscription``: it is charged as if it had never been paused.
public struct ResumeReturnSubscription: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var chargeDate: String
    public var pausedUntil: String

    public init(returnID: ReturnID, chargeDate: String, pausedUntil: String) {
        self.returnID = returnID
        self.chargeDate = chargeDate
        self.pausedUntil = pausedUntil
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case chargeDate = "charge_date"
        case pausedUntil = "paused_until"
    }
}
