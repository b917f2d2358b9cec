import HTTPTransport
import Synchronization

/// Answers each request with the next line of a script, and remembers what was asked.
final class ScriptedHTTPClient: HTTPClient {
    enum Step: Sendable {
        case answer(Int, String, [String: String] = [:])
        case fail(HTTPTransportError.Code, wasSent: Bool)
    }

    private let state: Mutex<(steps: [Step], requests: [HTTPRequest])>

    init(_ steps: Step...) {
        state = Mutex((steps, []))
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    /// `GET http://…` of each request.
    var lines: [String] { requests.map { "\($0.method) \($0.url)" } }

    func body(_ index: Int) -> String {
        requests[index].body.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let step = state.withLock { state -> Step in
            state.requests.append(request)
            return state.steps.isEmpty ? .answer(599, "the script is at its end") : state.steps.removeFirst()
        }
        switch step {
        case .answer(let status, let body, let headers):
            return HTTPResponse(
                status: status, headers: headers.map { ($0.key, $0.value) }, body: Array(body.utf8))
        case .fail(let code, let wasSent):
            throw HTTPTransportError(code: code, message: "scripted", wasSent: wasSent)
        }
    }
}
