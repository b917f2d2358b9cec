import Commerce
import Messaging

// Decided by `returns` alone, in its own tables. What it does elsewhere is in WarrantyProviderCommands.

/// Opens a claim: finds the goods, holds the claim against the terms, holds the units, and starts the saga of it.
///
/// Refused without effect and with the field that is wrong: `unknown_order`, `unknown_sku`, `bad_quantity`,
/// `already_returned`, `expired`, `unknown_problem`, …
public struct CreateWarranty: Command {
    public static let owner = ServiceName.returns
    public var request: WarrantyRequest

    public struct Reply: Codable, Sendable, Equatable {
        public var warrantyID: WarrantyID

        public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

        enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
    }

    public init(request: WarrantyRequest) { self.request = request }
}

/// Decides by the terms that were in force when the claim was made.
public struct CheckWarranty: Command {
    public static let owner = ServiceName.returns
    public var warrantyID: WarrantyID

    public struct Reply: Codable, Sendable, Equatable {
        public var outcome: WarrantyCoverage.Outcome
        /// Why, where it is rejected.
        public var reason: Refusal?
        public var outline: WarrantyOutline

        public init(outcome: WarrantyCoverage.Outcome, reason: Refusal?, outline: WarrantyOutline) {
            self.outcome = outcome
            self.reason = reason
            self.outline = outline
        }
    }

    public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}

/// What the saga of a claim needs to know of it. Times in whole seconds.
public struct WarrantyOutline: Codable, Sendable, Equatable {
    /// What holds the units and brings them in; nil for goods that were bought elsewhere.
    public var returnID: ReturnID?
    /// Whether the goods are sent in and looked at.
    public var comesBack: Bool
    /// Whether the customer is given a label; otherwise the parcel is theirs to arrange.
    public var hasLabel: Bool
    /// Within which a person should decide, or look at the goods.
    public var reviewSeconds: Int
    /// After the label was sent; in rising order.
    public var reminderSeconds: [Int]
    public var expirySeconds: Int
    /// Whether the claim came with a helpdesk's ticket, which is closed with it; nil from a build that closed none.
    public var hasTicket: Bool?

    public init(
        returnID: ReturnID?, comesBack: Bool, hasLabel: Bool, reviewSeconds: Int, reminderSeconds: [Int],
        expirySeconds: Int, hasTicket: Bool? = nil
    ) {
        self.returnID = returnID
        self.comesBack = comesBack
        self.hasLabel = hasLabel
        self.reviewSeconds = reviewSeconds
        self.reminderSeconds = reminderSeconds
        self.expirySeconds = expirySeconds
        self.hasTicket = hasTicket
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case comesBack = "comes_back"
        case hasLabel = "has_label"
        case reviewSeconds = "review_seconds"
        case reminderSeconds = "reminder_seconds"
        case expirySeconds = "expiry_seconds"
        case hasTicket = "has_ticket"
    }
}

/// Ends a claim that does not go on: its units are free, unless they are here and nobody has decided about them, and its
/// customer is told. Undo of ``CheckWarranty``.
///
/// One that was rejected or has expired stays so; every other is cancelled.
public struct WithdrawWarranty: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID

    public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}

/// Hands a claim to a person, with what is to be decided.
public struct ReviewWarranty: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID
    public var reason: Refusal

    public init(warrantyID: WarrantyID, reason: Refusal) {
        self.warrantyID = warrantyID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case warrantyID = "warranty_id"
    }
}

/// Tells the workspace's people that a claim has waited too long for one of them; nothing to do for one that does not.
public struct EscalateWarranty: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID

    public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}

/// Says what is to help next: what a person has chosen, then what was wished, then what the plan names.
///
/// Where nothing is left the claim is in review with the reason.
public struct ChooseRemedy: Command {
    public static let owner = ServiceName.returns
    public var warrantyID: WarrantyID
    /// Those that have not helped.
    public var tried: [WarrantyRemedy]
    /// Why the last of them did not.
    public var reason: Refusal?

    public struct Reply: Codable, Sendable, Equatable {
        /// Nil where nothing is left.
        public var remedy: WarrantyRemedy?

        public init(remedy: WarrantyRemedy?) { self.remedy = remedy }
    }

    public init(warrantyID: WarrantyID, tried: [WarrantyRemedy], reason: Refusal?) {
        self.warrantyID = warrantyID
        self.tried = tried
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case tried, reason
        case warrantyID = "warranty_id"
    }
}

/// Tells the customer of a claim by e-mail, once for each notice.
///
/// A mail that cannot be sent is shown and is no refusal: the claim goes on without it.
public struct NotifyClaimant: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID
    public var notice: MailName

    public init(warrantyID: WarrantyID, notice: MailName) {
        self.warrantyID = warrantyID
        self.notice = notice
    }

    enum CodingKeys: String, CodingKey {
        case notice
        case warrantyID = "warranty_id"
    }
}

/// Everything is done: the claim rests. Mended units are free again; others are spent.
public struct CloseWarranty: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID

    public init(warrantyID: WarrantyID) { self.warrantyID = warrantyID }

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}
