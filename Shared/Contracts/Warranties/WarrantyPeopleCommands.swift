import Commerce
import Messaging

// What people say of claims, registrations and terms.

/// What a person decides about a claim that is in review. Refused with `not_allowed` where its state does not permit it,
/// and with `no_parcel` where goods that are here would not go back.
public struct DecideWarranty: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID
    public var verb: Verb
    /// For timeline and audit: the customer is not told it.
    public var reason: String
    /// What is to help; the plan's when left out.
    public var remedy: WarrantyRemedy?
    /// On which rejected goods that are here go back.
    public var parcel: OutgoingParcel?
    /// What the customer is told of a rejection, beside the terms' own reasons.
    public var message: String?

    public enum Verb: String, Codable, Sendable, CaseIterable {
        case approve, reject
    }

    public init(
        warrantyID: WarrantyID, verb: Verb, reason: String, remedy: WarrantyRemedy? = nil,
        parcel: OutgoingParcel? = nil, message: String? = nil
    ) {
        self.warrantyID = warrantyID
        self.verb = verb
        self.reason = reason
        self.remedy = remedy
        self.parcel = parcel
        self.message = message
    }

    enum CodingKeys: String, CodingKey {
        case verb, reason, remedy, parcel, message
        case warrantyID = "warranty_id"
    }
}

/// What somebody has found who looked at the goods. Anything but a defect goes to a person.
public struct InspectWarranty: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID
    public var finding: WarrantyFinding
    /// What is to help; the plan's when left out.
    public var remedy: WarrantyRemedy?
    public var note: String?

    public init(warrantyID: WarrantyID, finding: WarrantyFinding, remedy: WarrantyRemedy? = nil, note: String? = nil) {
        self.warrantyID = warrantyID
        self.finding = finding
        self.remedy = remedy
        self.note = note
    }

    enum CodingKeys: String, CodingKey {
        case finding, remedy, note
        case warrantyID = "warranty_id"
    }
}

/// How a repair has ended. Mended goods are on their way back by then.
public struct RecordRepair: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var warrantyID: WarrantyID
    public var outcome: Outcome
    public var note: String?
    /// On which mended goods go back.
    public var parcel: OutgoingParcel?

    public enum Outcome: String, Codable, Sendable, CaseIterable {
        case repaired, unrepairable
    }

    public init(warrantyID: WarrantyID, outcome: Outcome, note: String?, parcel: OutgoingParcel?) {
        self.warrantyID = warrantyID
        self.outcome = outcome
        self.note = note
        self.parcel = parcel
    }

    enum CodingKeys: String, CodingKey {
        case outcome, note, parcel
        case warrantyID = "warranty_id"
    }
}

/// Puts warranty terms in force as the next version. Refused with the code of what is wrong in them.
public struct SetWarrantyTerms: Command {
    public static let owner = ServiceName.returns
    /// The terms' JSON.
    public var terms: String

    public struct Reply: Codable, Sendable, Equatable {
        public var version: Int

        public init(version: Int) { self.version = version }
    }

    public init(terms: String) { self.terms = terms }
}

/// Registers a product to its owner. Refused with `already_registered` where the serial number is taken.
public struct RegisterProduct: Command {
    public static let owner = ServiceName.returns
    public var request: RegistrationRequest

    public struct Reply: Codable, Sendable, Equatable {
        public var registrationID: RegistrationID

        public init(registrationID: RegistrationID) { self.registrationID = registrationID }

        enum CodingKeys: String, CodingKey { case registrationID = "registration_id" }
    }

    public init(request: RegistrationRequest) { self.request = request }
}

/// Whether a person accepts the proof of a registration.
public struct DecideRegistration: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var registrationID: RegistrationID
    public var verb: Verb
    public var reason: String

    public enum Verb: String, Codable, Sendable, CaseIterable {
        case verify, reject
    }

    public init(registrationID: RegistrationID, verb: Verb, reason: String) {
        self.registrationID = registrationID
        self.verb = verb
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case verb, reason
        case registrationID = "registration_id"
    }
}
