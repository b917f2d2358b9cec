import Postgres

extension Endpoint {
    static func listSchedules(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/schedules", .schedulesRead,
            Operation(id: "listSchedules", summary: "What is done again and again", answers: [200: "ScheduleList"])
        ) { request in
            .ok(Page(all: try await ScheduleReader.list(in: request.workspaceID, pool)).json(\.json))
        }
    }
}
