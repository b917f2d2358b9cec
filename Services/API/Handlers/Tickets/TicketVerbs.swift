import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// Opens and changes tickets in the caller's name.
struct TicketVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// The ticket that the path names. Failure: 404.
    func ticket(_ request: APIRequest) async throws -> TicketRecord {
        try await ticket(request.id(TicketID.self), request)
    }

    func ticket(_ id: TicketID, _ request: APIRequest) async throws -> TicketRecord {
        guard let ticket = try await TicketReader.find(id, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return ticket
    }
}

extension Endpoint {
    static func tickets(_ verbs: TicketVerbs) -> [Endpoint] {
        [.createTicket(verbs), .listTickets(verbs.pool), .showTicket(verbs), .changeTicket(verbs)]
    }
}

extension TicketRecord {
    var tag: ETag { ETag(version: version) }

    /// Where a person may move it from here.
    var nextStatuses: [String] {
        TicketLifeCycle.ticket.allowed(from: status, by: .staff).map(\.to.rawValue)
    }
}
