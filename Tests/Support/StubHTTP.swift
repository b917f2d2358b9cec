import HTTPTransport
import Synchronization

/// A provider that answers what it is told to, by method and the end of the path; what it was not told is a 404.
public final class StubHTTP: HTTPClient {
    public struct Answer: Sendable {
        var status: Int
        var body: String
        var headers: [(String, String)]

        public init(status: Int = 200, body: String = "{}", headers: [(String, String)] = []) {
            self.status = status
            self.body = body
            self.headers = headers
        }
    }

    private let answers: [String: Answer]
    private let asked = Mutex<[(line: String, body: String)]>([])

    public init(_ answers: [String: Answer]) {
        self.answers = answers
    }

    /// The requests that came, as `METHOD path`.
    public var requests: [String] { asked.withLock { $0.map(\.line) } }
    /// What each of them carried.
    public var bodies: [String] { asked.withLock { $0.map(\.body) } }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let path = request.url.split(separator: "?")[0]
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        asked.withLock { $0.append((line: "\(request.method) \(path)", body: body)) }
        let known = answers.first { key, _ in
            let parts = key.split(separator: " ")
            return parts[0] == request.method && path.hasSuffix(parts[1])
        }
        let answer = known?.value ?? Answer(status: 404, body: #"{"title":"Not Found","errors":"Not Found"}"#)
        return HTTPResponse(status: answer.status, headers: answer.headers, body: Array(answer.body.utf8))
    }
}
