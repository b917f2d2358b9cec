import Commerce
import ServiceKit
import Testing

@testable import API

@Suite("The vocabulary", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct VocabularyTests {
    @Test("says of returns what their state machine decides by, to whoever may read them")
    func returns() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.get("/vocabulary/returns")
            #expect(answer.status == 200 && answer.json["initial"] == "requested")
            let moves = (answer.json["transitions"]?.elements ?? []).map {
                [$0["from"], $0["event"], $0["to"]].map { $0?.string ?? "" }
            }
            let decided = ReturnLifeCycle.goodsReturn.transitions.map {
                [$0.from.rawValue, $0.event.rawValue, $0.to.rawValue]
            }
            #expect(moves == decided)
            let statuses = answer.json["statuses"]?.elements ?? []
            #expect(statuses.map { $0["name"]?.string } == ReturnStatus.allCases.map(\.rawValue))
            #expect(statuses[0]["words"]?["netsuite_code"] == ["A"])
            for noun in ["tickets", "warranties", "refunds"] {
                #expect(try await bench.get("/vocabulary/\(noun)").status == 200)
            }
            let clerk = KeySecret()
            try await bench.grant(clerk, role: "custom", scopes: ["tickets:read"])
            #expect(try await bench.get("/vocabulary/returns", key: clerk).status == 403)
            #expect(try await bench.get("/vocabulary/tickets", key: clerk).status == 200)
        }
    }
}
