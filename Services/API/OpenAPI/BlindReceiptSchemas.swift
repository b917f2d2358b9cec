import Commerce
import Views

/// Goods that came in and that no return awaited.
enum BlindReceiptSchemas {
    static let items: [JSON.Member] = [.init(name: "BlindReceipt", value: record)]

    static let others: [JSON.Member] = [
        .init(name: "BlindReceiptMatch", value: match), .init(name: "BlindReceiptReturn", value: opening),
    ]

    private static let opening = Schemas.extending("ReturnRequest", ["reason": Schemas.reason])

    private static let match = Schemas.object(["return_id": Schemas.id("ret"), "reason": Schemas.reason])

    private static let record = Schemas.object([
        "id": Schemas.id("blr"), "status": Schemas.oneOf(BlindReceiptStatus.allCases.map(\.rawValue)),
        "kind": Schemas.oneOf(BlindReceiptRecord.Kind.allCases.map(\.rawValue)),
        "number": described(Schemas.nullableString, "The warehouse's, of a return that only it knows."),
        "original_order_number": described(Schemas.nullableString, "The warehouse's, of the order it is for there."),
        "order_id": described(Schemas.nullableID("ord"), "The order of ours that this leads to."),
        "came_with": described(Schemas.nullableID("ret"), "The return in whose parcel they came."),
        "goods": described(goods, "None while the warehouse has only told that something is there."),
        "return_id": described(Schemas.nullableID("ret"), "The return that they are of."),
        "reason": Schemas.nullableString, "decided_by": Schemas.nullableString, "decided_at": Schemas.nullableTime,
        "created_at": Schemas.time, "updated_at": Schemas.time,
    ])

    private static let goods = Schemas.array(
        Schemas.object([
            "sku": Schemas.string, "quantity": Schemas.integer,
            "condition": described(Schemas.nullableString, "In the warehouse's words."),
        ]))

    private static func described(_ schema: JSON, _ text: String) -> JSON {
        schema.adding([.init(name: "description", value: .string(text))])
    }
}
