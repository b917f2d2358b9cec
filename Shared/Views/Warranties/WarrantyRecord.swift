import Commerce
import Contracts
import Foundation
import Messaging

/// A claim under a warranty as the API shows it and as webhooks tell of it.
public struct WarrantyRecord: Sendable {
    public var id: WarrantyID
    /// Nil for goods that were bought elsewhere.
    public var orderID: OrderID?
    public var registrationID: RegistrationID?
    /// What holds the units and brings them in.
    public var returnID: ReturnID?
    public var sagaID: SagaID?
    public var status: WarrantyStatus
    /// What a person has to decide, or why it ended.
    public var statusReason: Refusal?
    public var request: WarrantyRequest
    public var lineID: String?
    public var sku: String
    public var title: String
    public var quantity: Int
    public var coverage: WarrantyCoverage
    /// What is being done, or was done.
    public var remedy: WarrantyRemedy?
    public var finding: WarrantyFinding?
    public var repair: WarrantyRepair?
    public var replacement: WarrantyReplacement?
    /// The order that the new goods have become here.
    public var replacementOrderID: OrderID?
    /// On which the goods went back to the customer.
    public var parcel: OutgoingParcel?
    public var label: ReturnShippingLabel?
    public var refund: ReturnRefund?
    public var reviewDueAt: Date?
    public var receivedAt: Date?
    public var createdAt: Date
    public var updatedAt: Date
    /// What has happened to it, oldest first; webhooks do not tell it.
    public var timeline: [ReturnRecord.Happening]?
}

/// How a repair has ended.
public struct WarrantyRepair: Codable, Sendable, Equatable {
    public var outcome: RecordRepair.Outcome
    public var note: String?

    public init(outcome: RecordRepair.Outcome, note: String?) {
        self.outcome = outcome
        self.note = note
    }
}

/// New goods for faulty ones, as they were set aside in the shop; the timeline says where they are not reserved.
public struct WarrantyReplacement: Codable, Sendable, Equatable {
    /// The draft order at the shop, and what people know it by.
    public var draftID: String
    public var name: String?
    /// The shop's order of the new goods; nil while it is none.
    public var shopOrderID: String?

    public init(draftID: String, name: String?, shopOrderID: String? = nil) {
        self.draftID = draftID
        self.name = name
        self.shopOrderID = shopOrderID
    }

    enum CodingKeys: String, CodingKey {
        case name
        case draftID = "draft_id"
        case shopOrderID = "shop_order_id"
    }
}
