import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Turns HTTP into exchanges and back.
struct SimulatorResponder: HTTPResponder {
    // LIMIT: the largest body any of the providers takes is a batch of 1,000 orders.
    private static let bodyBytesMax = 16 * 1024 * 1024

    let answer: @Sendable (SimulatedRequest) async -> Exchange.Outcome
    let now: @Sendable () -> Date

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        switch await answer(try await simulated(request)) {
        case .answer(let response): return Self.response(response)
        case .drop:
            await context.cut()
            return Response(status: .internalServerError)
        }
    }

    private func simulated(_ request: Request) async throws -> SimulatedRequest {
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "/")
        let bytes = Array(try await request.body.collect(upTo: Self.bodyBytesMax).readableBytesView)
        return SimulatedRequest(
            method: request.head.method.rawValue,
            origin: "http://\(request.head.authority ?? "localhost")",
            fullPath: path, path: path,
            query: SimulatedRequest.parseQuery(parts.count > 1 ? String(parts[1]) : ""),
            headers: request.headers.map { .init(name: $0.name.canonicalName, value: $0.value) },
            bytes: bytes, body: SimulatedRequest.parseBody(bytes), now: now())
    }

    private static func response(_ response: SimulatedResponse) -> Response {
        var headers = HTTPFields()
        if let type = response.contentType { headers[.contentType] = type }
        for header in response.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            headers[name] = header.value
        }
        let bytes = response.bytes
        return Response(
            status: .init(code: response.status), headers: headers,
            body: bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
