import Commerce
import Foundation
import Sagas
import Testing

@testable import Messaging
@testable import SagaCoordinator

@Suite("What a coordinator remembers", .tags(.postgres), .enabled(if: CoordinatorBench.isThere))
struct MemoryTests {
    @Test("mail reaches a saga that its coordinator remembers, once")
    func mailForARememberedSaga() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            try await bench.process([try bench.reply(to: fetch)])
            try await bench.process([try bench.reply(to: fetch)])
            try await bench.process([try bench.mail("errand", "k", Rang(who: "k"))])
            let saga = try await bench.saga("errand", "k")
            #expect(saga.status == "completed" && saga.output == "\"1\"")
        }
    }
}
