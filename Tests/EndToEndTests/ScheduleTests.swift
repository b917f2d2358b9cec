import Support
import Testing

extension EndToEnd {
    @Suite("Schedules")
    struct ScheduleTests {
        let stack: RunningStack

        init() throws { stack = try RunningStack() }

        @Test("a poll is paused, run by hand, answered by its owner, and resumed, though the coordinator is killed")
        func operated() async throws {
            let poll = try await schedule("to be there") { _ in true }
            let path = "schedules/\(poll.id.string ?? "")"
            #expect(try await stack.api("POST", "\(path)/pause", #"{"reason":"test"}"#).status == 202)
            let paused = try await schedule("to be at rest") { $0.last_outcome.string == "done" }
            #expect(paused.paused.bool == true && paused.next_run_at.string == nil)
            #expect(try await stack.api("POST", "\(path)/pause", #"{"reason":"test"}"#).status == 409)
            #expect(try await stack.api("POST", "\(path)/run", #"{"reason":"test"}"#).status == 202)
            try stack.kill("saga-coordinator")
            let ran = try await schedule("to be answered") {
                $0.firings.int == paused.firings.int.map { $0 + 1 } && $0.last_outcome.string == "done"
            }
            #expect(ran.paused.bool == true)
            #expect(try await stack.api("POST", "\(path)/resume", #"{"reason":"test"}"#).status == 202)
            _ = try await schedule("to go on") { ($0.firings.int ?? 0) > (ran.firings.int ?? 0) }
            let audit = try await stack.api("GET", "audit?action=schedule.run").json.data.array
            #expect(audit.first?.subject.string == poll.id.string)
        }

        /// The poll of the warehouse, once it is as it should be.
        private func schedule(_ what: String, until condition: (JSON) -> Bool) async throws -> JSON {
            func poll(_ page: JSON) -> JSON? {
                page.data.array.first { $0.name.string == "poll-warehouse" }
            }
            let page = try await stack.eventually("the poll \(what)") {
                try await stack.api("GET", "schedules")
            } until: { page in
                poll(page).map(condition) ?? false
            }
            return try #require(poll(page))
        }
    }
}
