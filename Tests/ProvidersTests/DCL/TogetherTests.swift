import Commerce
import HTTPTransport
import Synchronization
import Testing

@testable import Providers

/// A warehouse that refuses a whole batch when one order in it is bad.
private final class StrictWarehouse: HTTPClient {
    private struct Batch: Decodable {
        struct Order: Decodable {
            let number: String

            private enum CodingKeys: String, CodingKey { case number = "order_number" }
        }

        let orders: [Order]
    }

    private let bad: Set<String>
    /// Whether it says which orders are at fault.
    private let isTelling: Bool
    private let asked = Mutex<[[String]]>([])

    init(bad: Set<String>, isTelling: Bool) {
        self.bad = bad
        self.isTelling = isTelling
    }

    var batches: [[String]] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let numbers = try ProviderJSON.decode(Batch.self, from: request.body ?? []).orders.map(\.number)
        asked.withLock { $0.append(numbers) }
        let isRefused = numbers.contains { bad.contains($0) }
        let statuses = numbers.map { number in
            #"{"order_number":"\#(number)","error_code":\#(bad.contains(number) ? 1001 : 0),"error_message":"no"}"#
        }
        let told = isTelling || !isRefused ? statuses.joined(separator: ",") : ""
        let body = #"{"error_code":\#(isRefused ? 1000 : 0),"error_message":"no","order_statuses":[\#(told)]}"#
        return HTTPResponse(status: isRefused ? 400 : 201, body: Array(body.utf8))
    }
}

@Suite("Orders submitted together")
struct TogetherTests {
    private let numbers = (1...20).map { "SO\($0)" }

    private func submit(to warehouse: StrictWarehouse) async throws -> [String: Bool] {
        let client = DCLClient(settings: try dclSettings(), http: warehouse, gate: OpenGate())
        let results = await client.submitTogether(try numbers.map(dclDraft))
        return Dictionary(
            uniqueKeysWithValues: results.map { number, result in (number.text, (try? result.get()) == .accepted) })
    }

    @Test("one batch for all when all are good")
    func allGood() async throws {
        let warehouse = StrictWarehouse(bad: [], isTelling: false)
        #expect(try await submit(to: warehouse).values.allSatisfy(\.self))
        #expect(warehouse.batches == [numbers])
    }

    @Test("bad orders are found by halving where the warehouse blames nobody; the others are taken")
    func halving() async throws {
        let warehouse = StrictWarehouse(bad: ["SO3", "SO18"], isTelling: false)
        let taken = try await submit(to: warehouse)
        #expect(Set(taken.filter { !$0.value }.keys) == ["SO3", "SO18"])
        #expect(taken.count == 20)
        #expect(warehouse.batches.count <= 21)
    }

    @Test("where it blames some, the rest goes at once")
    func blaming() async throws {
        let warehouse = StrictWarehouse(bad: ["SO3", "SO18"], isTelling: true)
        let taken = try await submit(to: warehouse)
        #expect(Set(taken.filter { !$0.value }.keys) == ["SO3", "SO18"])
        #expect(warehouse.batches.map(\.count) == [20, 18])
    }

    @Test("a lost answer leaves every order's outcome unknown")
    func lost() async throws {
        let http = ScriptedHTTPClient(.fail(.connectionLost, wasSent: true))
        let client = try dcl(http)
        let drafts = try ["A", "B"].map(dclDraft)
        let results = await client.submitTogether(drafts)
        for result in results.values {
            guard case .failure(.unknownOutcome) = result else {
                Issue.record("expected unknown, got \(result)")
                continue
            }
        }
        #expect(results.count == 2)
    }
}
