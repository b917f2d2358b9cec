import Commerce
import Postgres

extension Endpoint {
    static func showReceived(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/received/{id}", .receivedRead,
            .show("showReceived", "One webhook with its headers and payload", "ReceivedWithPayload")
        ) { request in
            let id = try request.id(ReceivedID.self)
            guard let (received, payload) = try await ReceivedReader.find(id, in: request.workspaceID, pool) else {
                throw Problem.notFound
            }
            return .ok(received.json(with: payload))
        }
    }
}
