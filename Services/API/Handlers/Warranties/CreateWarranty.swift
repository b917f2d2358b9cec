import Commerce
import Contracts
import Messaging
import Postgres
import Views

extension Endpoint {
    static func createWarranty(_ verbs: WarrantyVerbs) -> Endpoint {
        .post(
            "/warranties", .warrantiesWrite,
            Operation(
                id: "createWarranty",
                summary: "Opens a claim: its units are held and its saga starts; 422 for what the terms do not cover",
                body: "WarrantyRequest", answers: [201: "Warranty"])
        ) { try await verbs.create($0) }
    }

    static func listWarranties(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/warranties", .warrantiesRead, .list("listWarranties", "Claims, newest first", query, of: "Warranty")
        ) { request in
            let filter = WarrantyReader.Filter(
                orderID: try request.query.id("order_id"), registrationID: try request.query.id("registration_id"),
                status: try request.query.oneOf("status", WarrantyStatus.allCases.map(\.rawValue)),
                sku: request.query.text("sku"), updatedSince: try request.query.time("updated_since"))
            let page = try await WarrantyReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(try page.json { try JSON(encoding: $0) })
        }
    }

    static func showWarranty(_ verbs: WarrantyVerbs) -> Endpoint {
        .get(
            "/warranties/{id}", .warrantiesRead, .show("showWarranty", "One claim with its history", "Warranty")
        ) { .ok(try JSON(encoding: await verbs.record($0))) }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "order_id", description: "The order's id.", schema: Schemas.id("ord")),
            .init(name: "registration_id", description: "The registration's id.", schema: Schemas.id("reg")),
            .init(
                name: "status", description: "The claim's status.",
                schema: Schemas.oneOf(WarrantyStatus.allCases.map(\.rawValue))),
            .init(name: "sku", description: "The goods' SKU."),
            .init(
                name: "updated_since", description: "Only claims that changed at or after this time.",
                schema: Schemas.time),
        ]
    }
}

extension WarrantyVerbs {
    fileprivate func create(_ request: APIRequest) async throws -> APIAnswer {
        let body: WarrantyRequest = try request.decode()
        try body.checkBounds()
        // What somebody else wrote is no subject until it is an id.
        let subject = body.orderID.flatMap { OrderID($0) }?.description ?? "warranty"
        let reply: CreateWarranty.Reply = try await sender.send(
            CreateWarranty(request: body), subject: subject, for: request
        ).answered(orElse: "The claim was made and not answered yet; look among the claims.").decode()
        guard let record = try await WarrantyReader.find(reply.warrantyID, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return .created(
            try JSON(encoding: record), at: "/v1/workspaces/\(request.workspaceID)/warranties/\(record.id)")
    }
}
