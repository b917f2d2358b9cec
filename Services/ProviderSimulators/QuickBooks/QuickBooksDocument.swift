import Foundation

/// A refund receipt or credit memo in the books.
struct QuickBooksDocument: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case refundReceipt = "RefundReceipt"
        case creditMemo = "CreditMemo"

        var path: String { rawValue.lowercased() }
        /// Its name in the state document.
        var collection: String { self == .refundReceipt ? "refundReceipts" : "creditMemos" }
    }

    let id: Int
    let kind: Kind
    let createdAt: Date
    var updatedAt: Date
    /// Changes so far.
    var version = 0
    /// As it was sent.
    var fields: JSONObject
    var total: Decimal

    var docNumber: String? { fields["DocNumber"]?.string }

    func json() -> JSON {
        let zone = TimeZone(identifier: "America/Los_Angeles") ?? .gmt
        var object = JSONObject([
            ("Id", .string("\(id)")), ("SyncToken", .string("\(version)")), ("domain", "QBO"), ("sparse", false),
            (
                "MetaData",
                [
                    "CreateTime": .string(Timestamps.offset(createdAt, in: zone)),
                    "LastUpdatedTime": .string(Timestamps.offset(updatedAt, in: zone)),
                ]
            ),
        ])
        object = object.merging(fields)
        object["TotalAmt"] = .decimal(total)
        if kind == .creditMemo { object["Balance"] = .decimal(total) }
        object["RemainingCredit"] = kind == .creditMemo ? .decimal(total) : 0
        return .object(object)
    }
}
