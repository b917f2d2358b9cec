import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// A return as the API shows it and as webhooks tell of it.
public struct ReturnRecord: Sendable {
    public struct Line: Sendable {
        public var lineID: String
        public var sku: String
        public var title: String
        public var reason: String?
        public var units: [Unit]
    }

    public struct Unit: Sendable {
        public var number: Int
        /// Nil while it has not come in.
        public var state: ReceiveReturn.State?
        public var grade: GoodsGrade?
        public var matched: Bool?
        /// Whether the customer keeps it, or gives it away.
        public var stays: Bool
        /// Nil where the policy asks none of it.
        public var checklist: ChecklistState?
    }

    /// What came beside what was expected.
    public struct Extra: Encodable, Sendable {
        public var sku: String
        public var quantity: Int
    }

    public struct Happening: Encodable, Sendable {
        public var at: Date
        public var type: String
        public var actor: String
        public var summary: String
        public var externalRef: String?

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(at, forKey: .at)
            try container.encode(type, forKey: .type)
            try container.encode(actor, forKey: .actor)
            try container.encode(summary, forKey: .summary)
            try container.encode(externalRef, forKey: .externalRef)
        }

        enum CodingKeys: String, CodingKey {
            case at, type, actor, summary
            case externalRef = "external_ref"
        }
    }

    public var id: ReturnID
    public var orderID: OrderID
    public var ticketID: TicketID?
    /// The claim whose goods it brings in, and which drives it; nil for a return of its own.
    public var warrantyID: WarrantyID?
    public var sagaID: SagaID?
    public var status: ReturnStatus
    /// What a person has to decide, or why it ended.
    public var statusReason: Refusal?
    public var resolution: ReturnResolution
    public var request: ReturnRequest
    public var decision: ReturnDecision
    public var policyVersion: Int
    public var label: ReturnShippingLabel?
    /// What others call it, by provider.
    public var externalIDs: [String: String]
    public var refund: ReturnRefund?
    public var reviewDueAt: Date?
    public var receivedAt: Date?
    public var createdAt: Date
    public var updatedAt: Date
    public var lines: [Line] = []
    /// What a person did not accept of it.
    public var declined: [DeclinedLine] = []
    public var extras: [Extra] = []
    /// Those with answers or photos, oldest first.
    public var inspections: [ReturnInspection] = []
    /// What has happened to it, oldest first; webhooks do not tell it.
    public var timeline: [Happening]?
}

extension ReturnRecord.Line {
    public var received: Int { units.count { $0.state == .received || $0.state == .damaged } }

    /// The grade of its units; the worst where they differ, nil while none is known.
    public var grade: GoodsGrade? { units.compactMap(\.grade).max { $0.rawValue < $1.rawValue } }
}

/// A parcel label that the customer was given.
public struct ReturnShippingLabel: Codable, Sendable, Equatable {
    /// At the carrier's broker.
    public var id: String
    public var carrier: String
    public var service: String
    public var trackingNumber: String
    /// Where the parcel is sent from.
    public var country: String
    /// Where the parcel can be followed.
    public var url: String?
    public var documentID: DocumentID?
    public var isVoided: Bool
    /// The id of the label whose place it has taken; nil for the first of a return's life.
    public var replaces: String?
    /// What the carrier takes in its place, where that was asked for.
    public var paperless: Paperless?

    /// For customers without a printer.
    public struct Paperless: Codable, Sendable, Equatable {
        /// The picture or page of its code.
        public var documentID: DocumentID?
        /// For the counter, or the machine that takes the parcel.
        public var code: String?
        /// What the carrier asks people to do.
        public var instructions: String?
        /// Why there is nothing but the label.
        public var missing: String?

        public init(
            documentID: DocumentID? = nil, code: String? = nil, instructions: String? = nil, missing: String? = nil
        ) {
            self.documentID = documentID
            self.code = code
            self.instructions = instructions
            self.missing = missing
        }

        enum CodingKeys: String, CodingKey {
            case code, instructions, missing
            case documentID = "document_id"
        }
    }

    public init(
        id: String, carrier: String, service: String, trackingNumber: String, country: String, url: String?,
        documentID: DocumentID?, isVoided: Bool = false, replaces: String? = nil, paperless: Paperless? = nil
    ) {
        self.id = id
        self.carrier = carrier
        self.service = service
        self.trackingNumber = trackingNumber
        self.country = country
        self.url = url
        self.documentID = documentID
        self.isVoided = isVoided
        self.replaces = replaces
        self.paperless = paperless
    }

    /// What travels with a message about it.
    public var documents: [DocumentID] { [documentID, paperless?.documentID].compactMap(\.self) }

    enum CodingKeys: String, CodingKey {
        case id, carrier, service, country, url, replaces, paperless
        case trackingNumber = "tracking_number"
        case documentID = "document_id"
        case isVoided = "is_voided"
    }
}

/// The refund of a return, as far as it has come.
public struct ReturnRefund: Sendable {
    public var id: RefundID
    public var status: RefundStatus
    public var amount: Money
    public var error: Refusal?
    /// Nil for a plain amount.
    public var calculation: RefundResult?
}
