import Commerce
import Contracts
import Messaging
import Views

extension Endpoint {
    static func createReturn(_ verbs: ReturnVerbs) -> Endpoint {
        .post(
            "/returns", .returnsWrite,
            Operation(
                id: "createReturn",
                summary: "Opens a return: its units are held and its saga starts; 409 for units that are in another, "
                    + "422 for an exchange for what the shop does not sell",
                body: "ReturnRequest", answers: [201: "Return"]
            ).versioned
        ) { try await verbs.create($0) }
    }
}

extension ReturnVerbs {
    fileprivate func create(_ request: APIRequest) async throws -> APIAnswer {
        let body: ReturnRequest = try request.decode()
        try body.checkBounds()
        // What somebody else wrote is no subject until it is an id.
        let subject = body.orderID.flatMap { OrderID($0) }?.description ?? "return"
        let reply: CreateReturn.Reply = try await sender.send(
            CreateReturn(request: body, channel: .api), subject: subject, for: request
        ).answered(orElse: "The return was asked for and not answered yet; look among the order's returns.").decode()
        guard let record = try await ReturnReader.find(reply.returnID, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return try ReturnAnswer(of: record).created(at: "/v1/workspaces/\(request.workspaceID)/returns/\(record.id)")
    }
}
