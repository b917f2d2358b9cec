import ArgumentParser
import Commerce
import Foundation
import HTTPTransport
import Providers
import Synchronization
import Testing

@testable import CLI

@Suite("A command that got no answer")
struct UnansweredWriteTests {
    private static let silence = #"{"detail":"Not answered yet.","code":"unavailable"}"#
    private static let typed = ["returns", "receive", "ret_1", "--line", "O'Hara robe=1"]

    private func client(_ api: SilentAPI, _ options: [String] = []) throws -> APIClient {
        let environment = CLIEnvironment(
            process: [
                "STATESET_API_URL": "http://api", "STATESET_API_KEY": "sk_x",
                "STATESET_WORKSPACE": "ws_0190a0b0c0d07e0f8a0b0c0d0e0f0a0b",
            ], devFile: [:])
        return try APIClient(
            environment, writing: WriteOptions.parse(options), http: api, pauses: [.zero, .zero], arguments: Self.typed)
    }

    @Test("is repeated as the same request, under the key it began with")
    func repeated() async throws {
        let api = SilentAPI([.status(503), .status(503), .status(202)])
        _ = try await client(api).post("/returns/ret_1/receive", body: ["lines": [["sku": "ROBE", "quantity": 1]]])
        let keys = Set(api.requests.map { $0.header("Idempotency-Key") })
        #expect(api.requests.count == 3 && keys.count == 1 && keys.first??.isEmpty == false)
        #expect(Set(api.requests.map(\.body)).count == 1)
    }

    @Test("two commands have two keys, and a question has none")
    func keys() async throws {
        let api = SilentAPI([.status(202), .status(202), .status(200)])
        for _ in 1...2 { _ = try await client(api).post("/returns/ret_1/receive", body: [:]) }
        _ = try await client(api).get("/returns/ret_1")
        let keys = api.requests.map { $0.header("Idempotency-Key") }
        #expect(keys[0] != nil && keys[1] != nil && keys[0] != keys[1] && keys[2] == nil)
    }

    @Test(
        "says at last how to ask for the same once more",
        arguments: [
            [SilentAPI.Answer.status(503), .status(503), .status(503)], [.status(500)], [.lost],
        ])
    func told(answers: [SilentAPI.Answer]) async throws {
        let api = SilentAPI(answers)
        let error = await #expect(throws: CLIError.self) {
            try await client(api).post("/returns/ret_1/receive", body: [:])
        }
        let key = try #require(api.requests.first?.header("Idempotency-Key"))
        let line = #"stateset returns receive ret_1 --line 'O'\''Hara robe=1' --idempotency-key \#(key)"#
        #expect(error?.message.hasSuffix("type: \(line)") == true)
        #expect(api.requests.count == answers.count)
    }

    @Test("is asked for under the key that is given, and then typed as it was")
    func given() async throws {
        let api = SilentAPI([.status(503), .status(503), .status(503)])
        let error = await #expect(throws: CLIError.self) {
            try await client(api, ["--idempotency-key", "cli-1"]).post("/returns/ret_1/receive", body: [:])
        }
        #expect(api.requests.allSatisfy { $0.header("Idempotency-Key") == "cli-1" })
        #expect(error?.message.hasSuffix(#"--line 'O'\''Hara robe=1'"#) == true)
    }

    @Test("one that was refused, or never reached the API, is simply typed again")
    func refused() async throws {
        for answer in [SilentAPI.Answer.status(409), .unreached] {
            let api = SilentAPI([answer])
            let error = await #expect(throws: CLIError.self) {
                try await client(api).post("/returns/ret_1/receive", body: [:])
            }
            #expect(error?.message.contains("--idempotency-key") == false)
            #expect(api.requests.count == 1)
        }
    }

    @Test(
        "a command that does several things takes no key",
        arguments: [
            "sagas retry --all --status stuck --reason r --idempotency-key k",
            "dead-letters requeue --group x --idempotency-key k",
        ])
    func several(line: String) {
        #expect(throws: (any Error).self) {
            _ = try StatesetCommand.parseAsRoot(line.split(separator: " ").map(String.init))
        }
    }

    /// Answers one request after the other, and remembers what was asked.
    final class SilentAPI: HTTPClient {
        enum Answer: Sendable {
            case status(Int)
            /// The connection broke once the request was sent, or before.
            case lost, unreached
        }

        private let state: Mutex<(answers: [Answer], requests: [HTTPRequest])>

        init(_ answers: [Answer]) { state = Mutex((answers, [])) }

        var requests: [HTTPRequest] { state.withLock { $0.requests } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let answer = state.withLock { state in
                state.requests.append(request)
                return state.answers.removeFirst()
            }
            switch answer {
            case .status(let status):
                return HTTPResponse(status: status, body: Array(UnansweredWriteTests.silence.utf8))
            case .lost: throw HTTPTransportError(code: .connectionLost, message: "It broke.", wasSent: true)
            case .unreached: throw HTTPTransportError(code: .connect, message: "Nobody is there.", wasSent: false)
            }
        }
    }
}
