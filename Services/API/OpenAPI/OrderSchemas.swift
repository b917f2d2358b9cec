import Commerce

enum OrderSchemas {
    static var items: [JSON.Member] { [.init(name: "Order", value: order)] }

    static var others: [JSON.Member] {
        [
            .init(name: "Reason", value: Schemas.object(["reason": ["type": "string", "minLength": 1]])),
            .init(name: "GivenReason", value: Schemas.object(["reason": Schemas.reason], optional: ["reason"])),
            .init(
                name: "CodedMessage",
                value: Schemas.object(["code": Schemas.string, "message": Schemas.string])),
            .init(name: "Problem", value: problem),
        ]
    }

    private static var order: JSON {
        Schemas.object([
            "id": Schemas.id("ord"),
            "number": Schemas.string,
            "status": Schemas.oneOf(OrderStatus.allCases.map(\.rawValue)),
            "status_reason": Schemas.nullable(Schemas.reference("CodedMessage")),
            "external_ids": Schemas.texts,
            "currency": Schemas.string,
            "total": Schemas.decimal,
            "presentment": Schemas.nullable(
                Schemas.object(["currency": Schemas.string, "total": Schemas.string])),
            "customer": Schemas.object(["email": Schemas.nullableString, "name": Schemas.nullableString]),
            "lines": Schemas.array(line),
            "shipments": Schemas.array(shipment),
            "saga_id": Schemas.nullableID("sag"),
            "timeline": Schemas.array(Schemas.reference("Happening")),
        ])
    }

    private static var line: JSON {
        Schemas.object([
            "id": Schemas.string,
            "sku": Schemas.string,
            "quantity": Schemas.integer,
            "shipped": Schemas.integer,
            "unit_price": Schemas.decimal,
        ])
    }

    private static var shipment: JSON {
        Schemas.object([
            "id": Schemas.id("shp"),
            "tracking_number": Schemas.nullableString,
            "carrier": Schemas.nullableString,
            "status": Schemas.oneOf(ShipmentStatus.allCases.map(\.rawValue)),
            "lines": Schemas.array(Schemas.object(["sku": Schemas.string, "quantity": Schemas.integer])),
            "external_ids": Schemas.texts,
        ])
    }

    private static var problem: JSON {
        Schemas.object(
            [
                "type": ["type": "string", "format": "uri"],
                "title": Schemas.string,
                "status": Schemas.integer,
                "detail": Schemas.string,
                "code": Schemas.string,
                "field": Schemas.string,
                "allowed": Schemas.strings,
                "request_id": Schemas.string,
            ], optional: ["field", "allowed"])
    }
}
