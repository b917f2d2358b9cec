import Foundation
import HTTPTypes
import Hummingbird

/// `/health/live` and `/health/ready`, for the admin server and for services that answer them on their public port.
public struct HealthRoutes: Sendable {
    private let health: Health

    public init(_ health: Health) {
        self.health = health
    }

    public func add(to router: some RouterMethods) {
        router.get("/health/live") { [self] _, _ in response(HealthReport(failing: [])) }
        router.get("/health/ready") { [self] _, _ in response(await health.report()) }
    }

    private func response(_ report: HealthReport) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = (try? encoder.encode(report)) ?? Data()
        return Response(
            status: report.isReady ? .ok : .serviceUnavailable,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
