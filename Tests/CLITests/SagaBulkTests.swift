import ArgumentParser
import Commerce
import Foundation
import HTTPTransport
import Synchronization
import Testing

@testable import CLI

@Suite("Verbs on many sagas")
struct SagaBulkTests {
    @Test("the preview says how many, which, and how to go on")
    func preview() {
        let preview = SagaBulk.Preview(matched: 3, sample: ["sag_1", "sag_2"])
        #expect(
            SagaBulkPicture.preview(preview, "retry", "status stuck, name order-fulfillment", .plain) == [
                "retry would go to 3 sagas with status stuck, name order-fulfillment:", "  sag_1", "  sag_2",
                "  and 1 more",
                "nothing is done yet: add --yes to do it, or --expected 3 to do it only while they are 3",
            ])
        #expect(
            SagaBulkPicture.preview(.init(matched: 0, sample: []), "retry", "status stuck", .plain)
                == ["no saga with status stuck"])
    }

    @Test("the result counts what was accepted, refused and not answered, and tells refusals")
    func result() {
        var result = SagaBulk.Result(matched: 4)
        result.sent = 4
        result.accepted = 2
        result.refused = 1
        result.pending = 1
        result.refusals = [.init(id: "sag_1", code: "not_allowed", message: "No.")]
        #expect(
            SagaBulkPicture.result(result, "retry", .plain) == [
                "retry sent to 4 sagas: 2 accepted, 1 refused, 1 not answered yet", "  sag_1  not_allowed: No.",
            ])
        result.refused = 30
        result.refusals = (1...20).map { .init(id: "sag_\($0)", code: "not_allowed", message: "No.") }
        let lines = SagaBulkPicture.result(result, "retry", .plain)
        #expect(lines.count == 12 && lines.last == "  and 20 more refused")
        let letters = DeadLettersCommand.Requeue.lines(result, .plain)
        #expect(letters.count == 22 && letters.last == "  and 10 more refused")
    }

    @Test("the filter goes into words and into the body, attributes as a list")
    func filter() throws {
        let options = try SagaFilterOptions.parse([
            "--status", "stuck", "--attribute", "shop:mie", "--stuck-reason", "no_reply",
        ])
        #expect(options.words(name: "n") == "name n, status stuck, stuck reason no_reply, attribute shop:mie")
        #expect(options.json(name: nil) == ["status": "stuck", "stuck_reason": "no_reply", "attribute": ["shop:mie"]])
        let several = try SagaFilterOptions.parse([
            "--status", "stuck", "--status", "diverged", "--business-status", "dispatched", "--error-code", "busy",
            "--started-before", "2026-01-01T00:00:00Z", "--updated-since", "2026-01-01T00:00:00Z",
        ])
        #expect(
            several.json(name: nil) == [
                "status": ["stuck", "diverged"], "business_status": "dispatched", "error_code": "busy",
                "started_before": "2026-01-01T00:00:00Z", "updated_since": "2026-01-01T00:00:00Z",
            ])
        #expect(several.words(name: nil).hasPrefix("status stuck, status diverged, business status dispatched"))
    }

    @Test("pages are asked for until there are no more, the first with the agreed number")
    func pages() async throws {
        let api = ScriptedAPI([
            #"{"matched":2,"sample":["sag_1"]}"#,
            #"{"matched":2,"sent":1,"accepted":1,"refused":0,"pending":0,"refusals":[],"next_cursor":"c1"}"#,
            #"{"matched":null,"sent":1,"accepted":0,"refused":1,"pending":0,"refusals":[],"next_cursor":null}"#,
        ])
        try await bulk(api).run(confirmed: true, expected: nil)
        let bodies = api.bodies
        #expect(bodies.count == 3 && bodies[0]["expected"] == nil && bodies[0]["filter"] == ["status": "stuck"])
        #expect(bodies[1]["expected"] == 2 && bodies[1]["cursor"] == nil && bodies[1]["limit"] == 100)
        #expect(bodies[2]["cursor"] == "c1")
        #expect(api.urls.allSatisfy { $0.hasSuffix("/sagas/bulk/retry") })
    }

    @Test("unconfirmed, only the preview is asked for; the number a person expects goes to the API as it is")
    func confirmation() async throws {
        let looking = ScriptedAPI([#"{"matched":2,"sample":[]}"#])
        try await bulk(looking).run(confirmed: false, expected: nil)
        #expect(looking.bodies.count == 1)
        let expecting = ScriptedAPI([
            #"{"matched":2,"sample":[]}"#,
            #"{"matched":3,"sent":0,"accepted":0,"refused":0,"pending":0,"refusals":[],"next_cursor":null}"#,
        ])
        try await bulk(expecting).run(confirmed: false, expected: 3)
        #expect(expecting.bodies[1]["expected"] == 3)
    }

    private func bulk(_ api: ScriptedAPI) throws -> SagaBulk {
        let environment = CLIEnvironment(
            process: [
                "STATESET_API_URL": "http://api", "STATESET_API_KEY": "sk_x",
                "STATESET_WORKSPACE": "ws_0190a0b0c0d07e0f8a0b0c0d0e0f0a0b",
            ], devFile: [:])
        return SagaBulk(
            verb: "retry", body: ["reason": "r", "filter": ["status": "stuck"]], words: "status stuck",
            client: try APIClient(environment, http: api),
            printer: Printer(try OutputOptions.parse(["--json"]), environment))
    }
}

/// Answers one request after the other, and remembers what was asked.
final class ScriptedAPI: HTTPClient {
    private let state: Mutex<(answers: [String], requests: [HTTPRequest])>

    private let status: Int

    init(_ answers: [String], status: Int = 200) {
        state = Mutex((answers, []))
        self.status = status
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    var urls: [String] { state.withLock { $0.requests.map(\.url) } }

    var bodies: [JSONValue] {
        state.withLock { $0.requests }.compactMap {
            try? JSONDecoder().decode(JSONValue.self, from: Data($0.body ?? []))
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? "{}" : state.answers.removeFirst()
        }
        return HTTPResponse(status: status, headers: [], body: Array(answer.utf8))
    }
}
