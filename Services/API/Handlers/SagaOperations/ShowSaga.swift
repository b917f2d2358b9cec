import Commerce
import Messaging
import Postgres

extension Endpoint {
    static func showSaga(_ pool: PostgresPool, _ clock: any WallClock) -> Endpoint {
        let operation = Operation(
            id: "showSaga", summary: "One saga with the steps of its run and the events that wait for it",
            query: [
                .init(
                    name: "run",
                    description: "An earlier run, whose steps are shown instead; all else is of the saga as it is now.",
                    schema: ["type": "integer", "minimum": 1])
            ],
            answers: [200: "SagaDetail"])
        return .get("/sagas/{id}", .sagasRead, operation) { request in
            let saga = try await SagaReader.saga(request, run: SagaReader.run(request.query), pool)
            return .ok(saga.detail(asOf: clock.now))
        }
    }
}

extension SagaReader {
    /// The saga that the path names. Failure: 404; 422 for a run that it has not come to.
    static func saga(_ request: APIRequest, run: Int? = nil, _ pool: PostgresPool) async throws -> SagaRecord {
        guard let saga = try await find(request.id(SagaID.self), run: run, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        if let run, run > saga.run { throw Problem.invalid("run", "The saga is in run \(saga.run).") }
        return saga
    }

    fileprivate static func run(_ query: Query) throws(Problem) -> Int? {
        guard let text = query.text("run") else { return nil }
        // LIMIT: as large a number as the database counts runs with.
        guard let run = Int32(text), run > 0 else { throw .invalid("run", "It must be a number from 1 on.") }
        return Int(run)
    }
}
