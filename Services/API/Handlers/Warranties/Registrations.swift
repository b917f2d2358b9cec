import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// Registers products and decides on their proof, in the caller's name.
struct RegistrationVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// The registration that the path names. Failure: 404.
    fileprivate func record(_ request: APIRequest) async throws -> RegistrationRecord {
        let id = try request.id(RegistrationID.self)
        guard let record = try await RegistrationReader.find(id, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return record
    }

    fileprivate func create(_ request: APIRequest) async throws -> APIAnswer {
        let body: RegistrationRequest = try request.decode()
        let reply: RegisterProduct.Reply = try await sender.send(
            RegisterProduct(request: body), subject: "warranty-registration", for: request
        ).answered(orElse: "The registration was sent and not answered yet; look among the registrations.").decode()
        guard let record = try await RegistrationReader.find(reply.registrationID, in: request.workspaceID, pool)
        else { throw Problem.notFound }
        return .created(
            try JSON(encoding: record),
            at: "/v1/workspaces/\(request.workspaceID)/warranty-registrations/\(record.id)")
    }

    fileprivate func decide(_ verb: DecideRegistration.Verb, _ request: APIRequest) async throws -> APIAnswer {
        let reason = try request.decode(ReasonBody.self).checkedReason()
        let record = try await record(request)
        let outcome = try await sender.send(
            DecideRegistration(registrationID: record.id, verb: verb, reason: reason), subject: record.id.description,
            for: request)
        _ = try outcome.answered()
        return .accepted(try JSON(encoding: await self.record(request)))
    }
}

extension Endpoint {
    static func registrations(_ verbs: RegistrationVerbs) -> [Endpoint] {
        [
            .post(
                "/warranty-registrations", .warrantiesWrite,
                Operation(
                    id: "createRegistration",
                    summary: "Registers a product to its owner; 409 where the serial number is taken",
                    body: "RegistrationRequest", answers: [201: "Registration"])
            ) { try await verbs.create($0) },
            .get(
                "/warranty-registrations", .warrantiesRead,
                .list("listRegistrations", "Registered products, newest first", query, of: "Registration")
            ) { try await list($0, verbs.pool) },
            .get(
                "/warranty-registrations/{id}", .warrantiesRead,
                .show("showRegistration", "One registered product", "Registration")
            ) { .ok(try JSON(encoding: await verbs.record($0))) },
            .post(
                "/warranty-registrations/{id}/verify", .warrantiesWrite,
                .verb("verifyRegistration", "Accepts the proof of purchase", "Registration")
            ) { try await verbs.decide(.verify, $0) },
            .post(
                "/warranty-registrations/{id}/reject", .warrantiesWrite,
                .verb("rejectRegistration", "Refuses the proof of purchase", "Registration")
            ) { try await verbs.decide(.reject, $0) },
        ]
    }

    private static func list(_ request: APIRequest, _ pool: PostgresPool) async throws -> APIAnswer {
        let query = request.query
        let filter = RegistrationReader.Filter(
            email: query.text("email"), sku: query.text("sku"), serial: query.text("serial"),
            status: try query.oneOf("status", RegistrationStatus.allCases.map(\.rawValue)),
            orderID: try query.id("order_id"))
        let page = try await RegistrationReader.list(filter, PageRequest(query), in: request.workspaceID, pool)
        return .ok(try page.json { try JSON(encoding: $0) })
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "email", description: "The owner's e-mail address."),
            .init(name: "sku", description: "The goods' SKU."),
            .init(name: "serial", description: "The serial number, however it is written."),
            .init(
                name: "status", description: "Whether anybody vouches for it.",
                schema: Schemas.oneOf(RegistrationStatus.allCases.map(\.rawValue))),
            .init(name: "order_id", description: "The order's id.", schema: Schemas.id("ord")),
        ]
    }
}
