import Commerce
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import Messaging
import NIOCore
import Postgres
import ServiceKit

/// Puts endpoints on HTTP: admits the caller, reads the body, carries the request out once, writes the answer.
struct EndpointRouter: Sendable {
    let gate: Gate
    let idempotency: Idempotency
    let logger: Logger

    // LIMIT: as much as a message may hold.
    private static let bodyBytesMax = 1024 * 1024

    func router(_ endpoints: [Endpoint], document: JSON, health: Health) -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: UnknownPaths())
        for endpoint in endpoints {
            router.on(
                RouterPath(endpoint.fullPath), method: endpoint.method.http
            ) { request, context in
                await respond(to: request, context.parameters, endpoint)
            }
        }
        let text = document.text
        router.get("/openapi.json") { _, _ in HTTPAnswer.response(200, text, type: "application/json") }
        HealthRoutes(health).add(to: router)
        return router
    }

    private func respond(to request: Request, _ parameters: Parameters, _ endpoint: Endpoint) async -> Response {
        let requestID = RequestID.make()
        do {
            let admitted = try await admit(request, parameters, endpoint, requestID)
            let answer = try await idempotency.perform(admitted, endpoint.handle)
            return HTTPAnswer.response(answer, requestID: requestID)
        } catch {
            return HTTPAnswer.response(problem(for: error, endpoint, requestID), requestID: requestID)
        }
    }

    private func admit(
        _ request: Request, _ parameters: Parameters, _ endpoint: Endpoint, _ requestID: String
    ) async throws -> APIRequest {
        let caller = try await gate.admit(
            authorization: request.headers[.authorization], workspace: parameters.get("workspace"),
            scope: endpoint.scope)
        let method = endpoint.method
        return APIRequest(
            id: requestID, method: method.rawValue.uppercased(), path: request.uri.path,
            parameters: parameters.texts, query: try Query(request.uri.queryParameters.pairs), caller: caller,
            traceparent: request.headers[.traceparent].flatMap(TraceParent.init(_:))?.child().description
                ?? TraceParent().description,
            idempotencyKey: method.takesIdempotencyKey
                ? try Idempotency.checked(request.headers[.idempotencyKey]) : nil,
            precondition: request.headers[.ifMatch].map(Precondition.init(ifMatch:)),
            body: method.hasBody ? try await Self.body(of: request) : [])
    }

    private static func body(of request: Request) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: bodyBytesMax).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(413, "oversize", "The body is larger than 1 MiB.")
        }
    }

    /// What the caller is told; what is our fault is logged under the same id.
    private func problem(for error: any Error, _ endpoint: Endpoint, _ requestID: String) -> Problem {
        if let problem = error as? Problem { return problem }
        let isPassing = (error as? PostgresError).map { $0.retryability != .doNotRetry } ?? false
        logger.error(
            "request failed",
            metadata: ["request_id": "\(requestID)", "operation": "\(endpoint.operation.id)", "error": "\(error)"])
        return isPassing ? .unavailable : .unexpected
    }
}

extension FlatDictionary<Substring, Substring> {
    fileprivate var pairs: [(name: String, value: String)] { map { (String($0.key), String($0.value)) } }

    /// Of a repeated name, the first.
    fileprivate var texts: [String: String] {
        Dictionary(map { (String($0.key), String($0.value)) }) { first, _ in first }
    }
}

extension Endpoint.Method {
    fileprivate var http: HTTPRequest.Method {
        switch self {
        case .get: .get
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        }
    }
}

extension HTTPField.Name {
    static let idempotencyKey = Self("Idempotency-Key")!
    static let traceparent = Self("traceparent")!
    static let requestID = Self("X-Request-ID")!
}
