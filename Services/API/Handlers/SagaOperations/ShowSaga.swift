import Commerce
import Messaging
import Postgres

extension Endpoint {
    static func showSaga(_ pool: PostgresPool, _ clock: any WallClock) -> Endpoint {
        .get(
            "/sagas/{id}", .sagasRead,
            .show("showSaga", "One saga with the steps of its run and the events that wait for it", "SagaDetail")
        ) { request in
            .ok(try await SagaReader.saga(request, pool).detail(asOf: clock.now))
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
