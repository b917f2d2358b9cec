import Commerce
import Postgres

extension Endpoint {
    static func showSaga(_ pool: PostgresPool) -> Endpoint {
        .get("/sagas/{id}", .sagasRead, .show("showSaga", "One saga with the steps of its run", "Saga")) { request in
            .ok(try await SagaReader.saga(request, pool).json)
        }
    }
}

extension SagaReader {
    /// The saga that the path names. Failure: 404.
    static func saga(_ request: APIRequest, _ pool: PostgresPool) async throws -> SagaRecord {
        guard let saga = try await find(request.id(SagaID.self), in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return saga
    }
}
