import Commerce
import Contracts
import Foundation

/// A registered product as the API shows it.
public struct RegistrationRecord: Sendable {
    public var id: RegistrationID
    public var sku: String
    public var serial: String
    public var email: String
    public var name: String?
    public var purchasedOn: ShopDay
    /// The order of ours that brought it; nil for goods that were bought elsewhere.
    public var orderID: OrderID?
    public var lineID: String?
    public var proof: RegistrationRequest.Proof?
    public var status: RegistrationStatus
    /// A person's words for it.
    public var statusReason: String?
    public var createdAt: Date
    public var updatedAt: Date

    public init(
        id: RegistrationID, sku: String, serial: String, email: String, name: String?, purchasedOn: ShopDay,
        orderID: OrderID?, lineID: String?, proof: RegistrationRequest.Proof?, status: RegistrationStatus,
        statusReason: String? = nil, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.sku = sku
        self.serial = serial
        self.email = email
        self.name = name
        self.purchasedOn = purchasedOn
        self.orderID = orderID
        self.lineID = lineID
        self.proof = proof
        self.status = status
        self.statusReason = statusReason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// A member that has no value is null.
extension RegistrationRecord: Encodable {
    enum CodingKeys: String, CodingKey {
        case id, sku, serial, email, name, proof, status
        case purchasedOn = "purchased_on"
        case orderID = "order_id"
        case lineID = "line_id"
        case statusReason = "status_reason"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(sku, forKey: .sku)
        try container.encode(serial, forKey: .serial)
        try container.encode(email, forKey: .email)
        try container.encode(name, forKey: .name)
        try container.encode(purchasedOn, forKey: .purchasedOn)
        try container.encode(orderID, forKey: .orderID)
        try container.encode(lineID, forKey: .lineID)
        try container.encode(proof, forKey: .proof)
        try container.encode(status, forKey: .status)
        try container.encode(statusReason, forKey: .statusReason)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
    }
}
